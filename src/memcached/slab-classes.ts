import { InputError } from '../input-error.js'

/** Bytes of a page, which belongs to one class and is cut into its chunks. */
export const PAGE = 1 << 20
/** Bytes of the largest item, with its header, unless memcached is started with another `-I`. */
export const LARGEST_ITEM = 1 << 20

/** An item's header, and what precedes its key: the CAS number. */
const HEADER = 48
const CAS = 8
/** The key's final zero, and the line end that is stored behind a value. */
const ENDS = 1 + 2
/** Flags take no room while they are 0. */
const FLAGS = 4

const ALIGNMENT = 8
const MAX_CLASSES = 63
/** Bytes for key and value in the smallest chunk: `-n`. */
const SMALLEST = 48
const LARGEST_CHUNK = PAGE / 2

/** One size of chunks. */
export interface SlabClass {
  /** From 1, as memcached numbers them. */
  readonly number: number
  /** Bytes of a chunk. */
  readonly size: number
  /** Chunks in a page. */
  readonly perPage: number
}

/**
 * The slab classes that memcached 1.6 makes for a growth factor (`-f`): from 96 bytes on, each larger by the factor
 * and rounded up to 8 bytes, up to half a page; the last is half a page. At most 63, whatever the factor.
 *
 * memcached 1.6.18, slabs.c, slabs_init. Throws InputError for a factor that doesn't grow.
 */
export function slabClasses(factor: number, smallest = SMALLEST): SlabClass[] {
  if (!(factor > 1)) throw new InputError(`the factor must be more than 1, got ${factor}`)
  const sizes: number[] = []
  for (
    let size = HEADER + smallest;
    sizes.length < MAX_CLASSES - 1 && size < LARGEST_CHUNK / factor;
    size = Math.floor(sizes[sizes.length - 1] * factor)
  ) {
    sizes.push(Math.ceil(size / ALIGNMENT) * ALIGNMENT)
  }
  return [...sizes, LARGEST_CHUNK].map((size, i) => ({
    number: i + 1,
    size,
    perPage: Math.floor(PAGE / size),
  }))
}

/** Bytes that an item takes in a chunk: its header, key and value. */
export function itemSize(keyBytes: number, valueBytes: number, flags = 0): number {
  return HEADER + CAS + keyBytes + valueBytes + ENDS + (flags === 0 ? 0 : FLAGS)
}

/** The smallest class that an item fits into, by its size; undefined where it is too large for a single chunk. */
export function classOf(classes: readonly SlabClass[], size: number): SlabClass | undefined {
  let low = 0
  let high = classes.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (classes[middle].size >= size) high = middle
    else low = middle + 1
  }
  return classes[low]
}
