const PAGE = 1 << 20
const LARGEST_CHUNK = PAGE / 2
const MAX_CLASSES = 63
const MAX_KEY = 250

const bytesOf = (text) => new TextEncoder().encode(text).length

export function itemSize({ key, value, flags }) {
  return 48 + 8 + bytesOf(key) + 1 + (flags === 0 ? 0 : 4) + value + 2
}

export function chunkSizes(factor) {
  const sizes = []
  for (let size = 96; size < LARGEST_CHUNK / factor && sizes.length < MAX_CLASSES - 1; ) {
    const rounded = Math.ceil(size / 8) * 8
    sizes.push(rounded)
    size = Math.floor(rounded * factor)
  }
  return [...sizes, LARGEST_CHUNK]
}

export function slabClass(item, chunks) {
  const size = itemSize(item)
  if (bytesOf(item.key) > MAX_KEY || size > PAGE) return 'refused'
  const at = chunks.findIndex((chunk) => chunk >= size)
  return at < 0 ? 'split' : at + 1
}

/** The chunks of the items that have one. */
function chunksOf(items, chunks) {
  return items.flatMap((item) => {
    const number = slabClass(item, chunks)
    return typeof number === 'number' ? [{ item, chunk: chunks[number - 1] }] : []
  })
}

export function waste(items, chunks) {
  return chunksOf(items, chunks).reduce((sum, { item, chunk }) => sum + chunk - itemSize(item), 0)
}

export function pages(items, chunks) {
  const counts = new Map()
  for (const { chunk } of chunksOf(items, chunks)) counts.set(chunk, (counts.get(chunk) ?? 0) + 1)
  return [...counts].reduce((sum, [chunk, count]) => sum + Math.ceil(count / Math.floor(PAGE / chunk)), 0)
}
