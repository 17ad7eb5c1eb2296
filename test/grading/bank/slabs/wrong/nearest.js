// slip: class
// The chunk that is nearest in size.
import { itemSize, slabClass as right, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export function slabClass(item, chunks) {
  const place = right(item, chunks)
  if (typeof place !== 'number' || place === 1) return place
  const size = itemSize(item)
  return size - chunks[place - 2] < chunks[place - 1] - size ? place - 1 : place
}

export const { waste, pages } = sumsBy(itemSize, slabClass)
