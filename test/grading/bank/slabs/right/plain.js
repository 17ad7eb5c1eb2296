export const bytesOf = (text) => Buffer.byteLength(text)

export const itemSize = ({ key, value, flags }) => 59 + bytesOf(key) + value + (flags ? 4 : 0)

export function chunkSizes(factor) {
  const sizes = []
  let size = 96
  while (sizes.length < 62 && size < 524288 / factor) {
    const rounded = size + ((8 - (size % 8)) % 8)
    sizes.push(rounded)
    size = Math.trunc(rounded * factor)
  }
  sizes.push(524288)
  return sizes
}

/** Places by any idea of an item's size, and of which items are refused. */
export const placedBy =
  (itemSize, isRefused = ({ key }, size) => bytesOf(key) > 250 || size > 1048576) =>
  (item, chunks) => {
    const size = itemSize(item)
    if (isRefused(item, size)) return 'refused'
    for (const [i, chunk] of chunks.entries()) if (size <= chunk) return i + 1
    return 'split'
  }

export const slabClass = placedBy(itemSize)

export const sumsBy = (itemSize, slabClass) => ({
  waste(items, chunks) {
    let sum = 0
    for (const item of items) {
      const place = slabClass(item, chunks)
      if (typeof place === 'number') sum += chunks[place - 1] - itemSize(item)
    }
    return sum
  },
  pages(items, chunks) {
    const counts = chunks.map(() => 0)
    for (const item of items) {
      const place = slabClass(item, chunks)
      if (typeof place === 'number') counts[place - 1]++
    }
    return counts.reduce((sum, count, i) => sum + Math.ceil(count / Math.floor(1048576 / chunks[i])), 0)
  },
})

export const { waste, pages } = sumsBy(itemSize, slabClass)
