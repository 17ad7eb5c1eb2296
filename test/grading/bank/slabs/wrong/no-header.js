// slip: size, utf-8
// Key and value only.
import { bytesOf, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const itemSize = ({ key, value, flags }) => bytesOf(key) + value + flags * 0
export const slabClass = placedBy(itemSize)
export const { waste, pages } = sumsBy(itemSize, slabClass)
