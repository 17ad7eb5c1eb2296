import { MemcachedLru } from '../eviction/memcached.js'
import { classOf, itemSize, LARGEST_ITEM, PAGE, type SlabClass, slabClasses } from './slab-classes.js'

/** What memcached answers to a value that can't be stored. */
export const TOO_LARGE = 'SERVER_ERROR object too large for cache'

export interface SlabOptions {
  readonly factor: number
  /** Pages in all. A class without a page gets its first one even beyond that limit. */
  readonly pages: number
  readonly keyCount: number
  /** Bytes of every key. */
  readonly keyBytes: number
}

/** A page of a class: the key in each chunk, or none. */
type Page = Int32Array
const NONE = -1

/** A slab class in use: its pages, its free chunks, and the LRU of its items. */
export class Slab {
  readonly pages: Page[] = []
  readonly free: { readonly page: Page; readonly chunk: number }[] = []
  readonly lru: MemcachedLru
  evictions = 0

  constructor(
    readonly kind: SlabClass,
    keyCount: number,
    pages: number,
  ) {
    this.lru = new MemcachedLru(0, keyCount, Math.min(keyCount, (pages + 1) * kind.perPage))
  }

  get items(): number {
    return this.lru.used
  }

  addPage(): void {
    const page = new Int32Array(this.kind.perPage).fill(NONE)
    this.pages.push(page)
    this.lru.capacity += page.length
    for (let chunk = page.length - 1; chunk >= 0; chunk--) this.free.push({ page, chunk })
  }
}

/**
 * memcached's memory: pages of 1 MiB, which slab classes take as needed and keep, and an LRU in each class. So an item
 * evicts only items of its own class. Keys are dense numbers. A request is O(1), moving a page is O(chunks of the
 * page).
 */
export class SlabMemory {
  /** Slab classes in use, by number. */
  readonly slabs = new Map<number, Slab>()
  private readonly classes: readonly SlabClass[]
  /** For each key its class, 0 for none, its page and its chunk there. */
  private readonly classOfKey: Uint8Array
  private readonly pageOf: (Page | undefined)[]
  private readonly chunkOf: Uint32Array
  private readonly usedAt: Float64Array
  private pagesLeft: number

  constructor(readonly options: SlabOptions) {
    const { keyCount } = options
    this.classes = slabClasses(options.factor)
    this.classOfKey = new Uint8Array(keyCount)
    this.pageOf = new Array(keyCount).fill(undefined)
    this.chunkOf = new Uint32Array(keyCount)
    this.usedAt = new Float64Array(keyCount)
    this.pagesLeft = options.pages
  }

  /** Whether a key is stored; a hit counts as a use. `now` is in seconds. */
  get(key: number, now: number): boolean {
    const number = this.classOfKey[key]
    if (number === 0) return false
    this.usedAt[key] = now
    return this.slabs.get(number)!.lru.access(key)
  }

  /** Stores a value of so many bytes. If it is too large, the old value is removed, as in memcached. */
  set(key: number, valueBytes: number, now: number): 'stored' | 'too large' {
    if (this.classOfKey[key] !== 0) this.drop(key)
    const size = itemSize(this.options.keyBytes, valueBytes)
    const kind = size <= LARGEST_ITEM ? classOf(this.classes, size) : undefined
    if (!kind) return 'too large'
    const slab = this.slabFor(kind)
    if (slab.free.length === 0) this.makeRoom(slab)
    const place = slab.free.pop()!
    place.page[place.chunk] = key
    this.pageOf[key] = place.page
    this.chunkOf[key] = place.chunk
    this.classOfKey[key] = kind.number
    this.usedAt[key] = now
    slab.lru.admit(key)
    return 'stored'
  }

  private slabFor(kind: SlabClass): Slab {
    const found = this.slabs.get(kind.number)
    if (found) return found
    const made = new Slab(kind, this.options.keyCount, this.options.pages)
    this.slabs.set(kind.number, made)
    return made
  }

  private makeRoom(slab: Slab): void {
    if (this.pagesLeft > 0 || slab.pages.length === 0) {
      if (this.pagesLeft > 0) this.pagesLeft--
      slab.addPage()
    } else {
      slab.evictions++
      this.release(slab, slab.lru.evict())
    }
  }

  private drop(key: number): void {
    const slab = this.slabs.get(this.classOfKey[key])!
    slab.lru.remove(key)
    this.release(slab, key)
  }

  private release(slab: Slab, key: number): void {
    const page = this.pageOf[key]!
    page[this.chunkOf[key]] = NONE
    slab.free.push({ page, chunk: this.chunkOf[key] })
    this.classOfKey[key] = 0
    this.pageOf[key] = undefined
  }

  /** Seconds since the last use of the key at the end of a class's LRU; 0 if there is none. */
  age(slab: Slab, now: number): number {
    const oldest = slab.lru.oldest
    return oldest === undefined ? 0 : now - this.usedAt[oldest]
  }

  /**
   * Moves the first page of a class to another. Its items move to free chunks of their class; the others are evicted.
   */
  movePage(from: Slab, to: Slab): void {
    const page = from.pages.shift()!
    const free = from.free.filter((place) => place.page !== page)
    from.free.length = 0
    from.free.push(...free)
    from.lru.capacity -= page.length
    for (const key of page) {
      if (key === NONE) continue
      const place = from.free.pop()
      if (place) {
        place.page[place.chunk] = key
        this.pageOf[key] = place.page
        this.chunkOf[key] = place.chunk
      } else {
        from.lru.remove(key)
        from.evictions++
        this.classOfKey[key] = 0
        this.pageOf[key] = undefined
      }
    }
    to.addPage()
  }

  /** Pages that no class has yet. */
  get unusedPages(): number {
    return this.pagesLeft
  }

  /** Bytes of all pages, as the limit counts them. */
  get limit(): number {
    return this.options.pages * PAGE
  }
}
