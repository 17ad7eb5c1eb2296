import { finalize } from '../hashing/murmur3.js'

const ROWS = 4
const MOST = 15
/** After so many counts a slot of the cache all counters are halved; the paper leaves the number open. */
const SAMPLE = 6

/**
 * A count-min sketch of how often keys were requested lately: four rows of small counters, the least of which
 * is the estimate. All are halved now and then, so that the past fades. O(1) amortized; a byte a counter,
 * sixteen or more a slot of the cache.
 *
 * Cormode and Muthukrishnan, "An Improved Data Stream Summary", J. Algorithms 55(1), 2005.
 */
export class FrequencySketch {
  private readonly counters: Uint8Array
  private readonly mask: number
  private readonly sample: number
  private counted = 0

  constructor(capacity: number) {
    const width = 2 ** Math.max(6, Math.ceil(Math.log2(capacity)) + 2)
    this.counters = new Uint8Array(ROWS * width)
    this.mask = width - 1
    this.sample = SAMPLE * capacity
  }

  /** How often a key was counted, at the least guess of its rows: 0 … 15. */
  estimate(key: number): number {
    let least = MOST
    for (let row = 0, hash = finalize(key + 1); row < ROWS; row++, hash = finalize(hash + 1)) {
      const counter = this.counters[row * (this.mask + 1) + (hash & this.mask)]
      if (counter < least) least = counter
    }
    return least
  }

  /** Counts a key: only its least counters grow, which keeps the others' errors small. */
  count(key: number): void {
    const { counters, mask } = this
    const least = this.estimate(key)
    if (least < MOST) {
      for (let row = 0, hash = finalize(key + 1); row < ROWS; row++, hash = finalize(hash + 1)) {
        const at = row * (mask + 1) + (hash & mask)
        if (counters[at] === least) counters[at]++
      }
    }
    if (++this.counted === this.sample) this.fade()
  }

  private fade(): void {
    for (let i = 0; i < this.counters.length; i++) this.counters[i] >>= 1
    this.counted >>= 1
  }
}
