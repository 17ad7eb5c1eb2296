// slip: outside
// Splits everything that is too large.
import { itemSize, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const slabClass = placedBy(itemSize, () => false)
export const { waste, pages } = sumsBy(itemSize, slabClass)
