// slip: outside
// Refuses an item of exactly a page.
import { itemSize, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const slabClass = placedBy(
  itemSize,
  ({ key }, size) => Buffer.byteLength(key) > 250 || size >= 1048576,
)
export const { waste, pages } = sumsBy(itemSize, slabClass)
