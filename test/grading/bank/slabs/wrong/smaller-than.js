// slip: class
// An item exactly as large as a chunk doesn’t fit.
import { itemSize, sumsBy } from '../right/plain.js'

export * from '../right/plain.js'

export function slabClass(item, chunks) {
  const size = itemSize(item)
  if (Buffer.byteLength(item.key) > 250 || size > 1048576) return 'refused'
  const at = chunks.findIndex((chunk) => size < chunk)
  return at < 0 ? 'split' : at + 1
}

export const { waste, pages } = sumsBy(itemSize, slabClass)
