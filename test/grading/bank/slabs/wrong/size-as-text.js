// fails: size, utf-8
// A text instead of a number.
import { bytesOf, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const itemSize = ({ key, value, flags }) => String(59 + bytesOf(key) + value + (flags ? 4 : 0))
export const slabClass = placedBy(itemSize)
export const { waste, pages } = sumsBy(itemSize, slabClass)
