import { finalize } from '../hashing/murmur3.js'

const ROWS = 4
/** Counters a row of a block: 16 of four bits, in two words. */
const ROW = 16
const WORDS = 8
const MAX_FREQUENCY = 15
/** Counters a slot of the cache, at least. */
const COUNTERS = 16
/** All counters are halved after this many counts a slot of the cache; the paper leaves the number open. */
const SAMPLE = 6
const HALVES = 0x77777777
/** 2³² divided by the golden ratio, odd: multiplying by it spreads a hash over the high bits. */
const GOLDEN = 0x9e3779b1

/**
 * A count-min sketch of how often keys were requested lately: four rows of small counters, the least of which
 * is the estimate. A key's four counters lie in one block of 32 bytes, one access to memory. All are halved
 * periodically, so old requests lose weight. O(1) amortized; eight to sixteen bytes a slot of the cache.
 *
 * Cormode and Muthukrishnan, "An Improved Data Stream Summary", J. Algorithms 55(1), 2005.
 */
export class FrequencySketch {
  private readonly words: Uint32Array
  private readonly blockMask: number
  private readonly sample: number
  private counted = 0

  constructor(capacity: number) {
    const blocks = 2 ** Math.max(2, Math.ceil(Math.log2((capacity * COUNTERS) / (ROWS * ROW))))
    this.words = new Uint32Array(blocks * WORDS)
    this.blockMask = blocks - 1
    this.sample = SAMPLE * capacity
  }

  /** Estimated count of a key, the minimum over its rows: 0 … 15. */
  estimate(key: number): number {
    const hash = finalize(key + 1)
    return this.least((hash & this.blockMask) * WORDS, Math.imul(hash, GOLDEN) >>> 16)
  }

  /** Counts a key: only its least counters grow, which keeps the others' errors small. */
  count(key: number): void {
    const hash = finalize(key + 1)
    const block = (hash & this.blockMask) * WORDS
    const columns = Math.imul(hash, GOLDEN) >>> 16
    const least = this.least(block, columns)
    if (least < MAX_FREQUENCY) this.increment(block, columns, least)
    if (++this.counted === this.sample) this.fade()
  }

  /** The least counter of a block in the four columns that a hash names, four bits each. */
  private least(block: number, columns: number): number {
    const a = this.counter(block, columns)
    const b = this.counter(block + 2, columns >>> 4)
    const c = this.counter(block + 4, columns >>> 8)
    const d = this.counter(block + 6, columns >>> 12)
    return Math.min(Math.min(a, b), Math.min(c, d))
  }

  private counter(row: number, column: number): number {
    return (this.words[row + ((column >>> 3) & 1)] >>> ((column & 7) << 2)) & MAX_FREQUENCY
  }

  private increment(block: number, columns: number, least: number): void {
    const { words } = this
    for (let row = 0; row < ROWS; row++) {
      const column = columns >>> (4 * row)
      const word = block + 2 * row + ((column >>> 3) & 1)
      const shift = (column & 7) << 2
      if (((words[word] >>> shift) & MAX_FREQUENCY) === least) words[word] += 1 << shift
    }
  }

  /** Halves the eight counters of each word at once. */
  private fade(): void {
    const { words } = this
    for (let i = 0; i < words.length; i++) words[i] = (words[i] >>> 1) & HALVES
    this.counted >>= 1
  }
}
