const MAX_COUNT = 15
/** The low three bits of each counter of a word: what is left of the one beside it is shifted out. */
const HALVES = 0x77777777
const ODD = 0x11111111
/** Words of 32 bits a block: a cache line of the processor. */
const BLOCK = 16
const MIN_SLOTS = 8
/** Counts a slot of the table between two halvings. */
const PERIOD = 10

/**
 * A count-min sketch of how often keys were requested lately: a key has four counters of four bits, the least of
 * which is the estimate. They lie in one block of 64 bytes, one access to memory. The table has sixteen counters
 * a slot, and as many slots as the capacity rounded up to a power of two, at least eight. After ten counts a slot
 * all counters are halved, so old requests lose weight. O(1) amortized; eight to sixteen bytes a key of capacity.
 *
 * Cormode and Muthukrishnan, "An Improved Data Stream Summary", J. Algorithms 55(1), 2005; sizes, period and
 * halving are those of Caffeine and its simulator (Manes).
 */
export class FrequencySketch {
  private readonly words: Uint32Array
  private readonly blockMask: number
  private readonly period: number
  private counted = 0

  constructor(capacity: number) {
    const slots = Math.max(MIN_SLOTS, 2 ** Math.ceil(Math.log2(capacity)))
    this.words = new Uint32Array(2 * slots)
    this.blockMask = this.words.length / BLOCK - 1
    this.period = PERIOD * slots
  }

  /** Estimated count of a key, the minimum of its counters: 0 … 15. */
  estimate(key: number): number {
    const hash = blockHash(key)
    const block = (hash & this.blockMask) * BLOCK
    const places = counterHash(hash)
    const a = this.counter(block, places)
    const b = this.counter(block + 4, places >>> 8)
    const c = this.counter(block + 8, places >>> 16)
    const d = this.counter(block + 12, places >>> 24)
    return Math.min(Math.min(a, b), Math.min(c, d))
  }

  /** Counts a key: each of its counters grows by one up to 15. A key whose counters are all 15 isn't counted. */
  count(key: number): void {
    const hash = blockHash(key)
    const block = (hash & this.blockMask) * BLOCK
    const places = counterHash(hash)
    const grown =
      this.increment(block, places) +
      this.increment(block + 4, places >>> 8) +
      this.increment(block + 8, places >>> 16) +
      this.increment(block + 12, places >>> 24)
    if (grown > 0 && ++this.counted === this.period) this.halve()
  }

  /** A counter of the 32 in four words, named by five bits. */
  private counter(row: number, place: number): number {
    return (this.words[row + ((place >>> 3) & 3)] >>> ((place & 7) << 2)) & MAX_COUNT
  }

  private increment(row: number, place: number): number {
    const word = row + ((place >>> 3) & 3)
    const shift = (place & 7) << 2
    if (((this.words[word] >>> shift) & MAX_COUNT) === MAX_COUNT) return 0
    this.words[word] += 1 << shift
    return 1
  }

  /** Halves the eight counters of each word at once. An odd counter loses half a count, and a count has four counters. */
  private halve(): void {
    const { words } = this
    let odd = 0
    for (let i = 0; i < words.length; i++) {
      odd += ones(words[i] & ODD)
      words[i] = (words[i] >>> 1) & HALVES
    }
    this.counted = (this.counted - (odd >>> 2)) >>> 1
  }
}

/** The first two rounds of triple32, and its third (Wellons, "Prospecting for Hash Functions", 2018). */
function blockHash(key: number): number {
  let h = key
  h = Math.imul(h ^ (h >>> 17), 0xed5ad4bb)
  h = Math.imul(h ^ (h >>> 11), 0xac4c1b51)
  return h ^ (h >>> 15)
}

function counterHash(hash: number): number {
  const h = Math.imul(hash, 0x31848bab)
  return h ^ (h >>> 14)
}

/** How many of the eight counters' lowest bits are set. */
function ones(lowest: number): number {
  return Math.imul(lowest, ODD) >>> 28
}
