interface Item {
  key: string
  /** Bytes of the value. */
  value: number
  flags: number
}

/** How many bytes an item needs in a chunk. */
export function itemSize(item: Item): number {
  return 0
}

/** The sizes of the chunks of all slab classes, the smallest first. */
export function chunkSizes(factor: number): number[] {
  return []
}

/** The number of the class that an item goes to, from 1, or what happens instead. */
export function slabClass(item: Item, chunks: number[]): number | 'split' | 'refused' {
  return 'refused'
}

/** The bytes that stay empty in the chunks of all items together. */
export function waste(items: Item[], chunks: number[]): number {
  return 0
}

/** How many pages of 1 MiB the items need; a page has chunks of one class. */
export function pages(items: Item[], chunks: number[]): number {
  return 0
}
