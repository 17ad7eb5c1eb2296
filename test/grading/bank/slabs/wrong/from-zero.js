// slip: class
// Counts classes from 0.
import { itemSize, slabClass as right, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export function slabClass(item, chunks) {
  const place = right(item, chunks)
  return typeof place === 'number' ? place - 1 : place
}

export const { waste, pages } = sumsBy(itemSize, right)
