// Looks for the class by halves, and fills pages one item after the other.
interface Item {
  key: string
  value: number
  flags: number
}

const PARTS = { header: 48, cas: 8, zero: 1, end: 2 }

export function itemSize(item: Item): number {
  let size = new TextEncoder().encode(item.key).byteLength + item.value
  for (const part of Object.values(PARTS)) size += part
  return item.flags > 0 ? size + 4 : size
}

export function chunkSizes(factor: number): number[] {
  const next = (size: number): number[] =>
    size >= 2 ** 19 / factor ? [] : [(size + 7) & ~7, ...next(Math.floor(((size + 7) & ~7) * factor))]
  return [...next(96).slice(0, 62), 2 ** 19]
}

export function slabClass(item: Item, chunks: number[]): number | 'split' | 'refused' {
  const size = itemSize(item)
  if (size > 2 ** 20 || new TextEncoder().encode(item.key).length > 250) return 'refused'
  let [low, high] = [0, chunks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (chunks[middle] < size) low = middle + 1
    else high = middle
  }
  return low === chunks.length ? 'split' : low + 1
}

export const waste = (items: Item[], chunks: number[]): number =>
  items
    .map((item) => ({ size: itemSize(item), place: slabClass(item, chunks) }))
    .filter((one) => Number(one.place) > 0)
    .reduce((sum, { size, place }) => sum + chunks[(place as number) - 1] - size, 0)

export function pages(items: Item[], chunks: number[]): number {
  const left = new Map<unknown, number>()
  let taken = 0
  for (const item of items) {
    const place = slabClass(item, chunks)
    if (typeof place === 'string') continue
    const free = left.get(place) ?? 0
    if (free === 0) taken++
    left.set(place, (free || Math.floor(2 ** 20 / chunks[place - 1])) - 1)
  }
  return taken
}
