// slip: outside
// Refuses what no chunk holds.
import { itemSize, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const slabClass = placedBy(itemSize, ({ key }, size) => Buffer.byteLength(key) > 250 || size > 524288)
export const { waste, pages } = sumsBy(itemSize, slabClass)
