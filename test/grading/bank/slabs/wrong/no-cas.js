// slip: size, utf-8
// Without the number for cas.
import { bytesOf, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const itemSize = ({ key, value, flags }) => 51 + bytesOf(key) + value + (flags ? 4 : 0)
export const slabClass = placedBy(itemSize)
export const { waste, pages } = sumsBy(itemSize, slabClass)
