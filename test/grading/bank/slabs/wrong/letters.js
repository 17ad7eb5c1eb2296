// fails: utf-8
// Letters instead of bytes.
import { placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const itemSize = ({ key, value, flags }) => 59 + key.length + value + (flags ? 4 : 0)
export const slabClass = placedBy(itemSize)
export const { waste, pages } = sumsBy(itemSize, slabClass)
