// slip: class
// The chunk’s size instead of the class.
import { itemSize, slabClass as right, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export function slabClass(item, chunks) {
  const place = right(item, chunks)
  return typeof place === 'number' ? chunks[place - 1] : place
}

export const { waste, pages } = sumsBy(itemSize, right)
