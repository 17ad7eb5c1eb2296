// slip: size, utf-8
// Two bytes a letter.
import { placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const itemSize = ({ key, value, flags }) => 59 + 2 * key.length + value + (flags ? 4 : 0)
export const slabClass = placedBy(itemSize)
export const { waste, pages } = sumsBy(itemSize, slabClass)
