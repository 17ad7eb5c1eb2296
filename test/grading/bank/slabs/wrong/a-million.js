// slip: outside
// A megabyte of 1,000,000 bytes.
import { itemSize, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const slabClass = placedBy(
  itemSize,
  ({ key }, size) => Buffer.byteLength(key) > 250 || size > 1_000_000,
)
export const { waste, pages } = sumsBy(itemSize, slabClass)
