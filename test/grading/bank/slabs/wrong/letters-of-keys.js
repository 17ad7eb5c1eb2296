// slip: outside
// Counts the letters of a key.
import { itemSize, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const slabClass = placedBy(itemSize, ({ key }, size) => key.length > 250 || size > 1048576)
export const { waste, pages } = sumsBy(itemSize, slabClass)
