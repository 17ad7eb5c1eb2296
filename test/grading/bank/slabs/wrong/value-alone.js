// slip: outside
// Looks at the value, not at the item.
import { itemSize, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const slabClass = placedBy(
  itemSize,
  ({ key, value }) => Buffer.byteLength(key) > 250 || value > 1048576,
)
export const { waste, pages } = sumsBy(itemSize, slabClass)
