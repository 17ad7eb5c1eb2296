// fails: size
// Flags take no room.
import { bytesOf, placedBy, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export const itemSize = ({ key, value, flags }) => 59 + bytesOf(key) + value + flags * 0
export const slabClass = placedBy(itemSize)
export const { waste, pages } = sumsBy(itemSize, slabClass)
