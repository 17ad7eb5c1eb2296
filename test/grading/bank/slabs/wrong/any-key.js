// slip: outside
// Keys of any length.
import { itemSize, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const slabClass = placedBy(itemSize, (_, size) => size > 1048576)
export const { waste, pages } = sumsBy(itemSize, slabClass)
