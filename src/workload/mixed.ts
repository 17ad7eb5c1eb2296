import type { Workload } from './workload.js'
import { Zipf } from './zipf.js'

/** Requests of Zipf between two scans, and keys that a scan passes over. */
const BETWEEN = 500
const SCAN = 250

/**
 * Zipf with scans in between: half of the keys are asked for by Zipf's law, and every 500 requests a scan passes over
 * 250 of the other half, each once a round. A test of scan resistance: a backup or a report must not push the popular
 * keys out.
 */
export class Mixed implements Workload {
  readonly name = 'mixed'
  private readonly zipf: Zipf
  private readonly one = new Uint32Array(1)
  private served = 0
  private scanned = 0

  constructor(
    readonly keyCount: number,
    exponent: number,
    seed: number,
  ) {
    this.zipf = new Zipf(Math.ceil(keyCount / 2), exponent, seed)
  }

  next(out: Uint32Array): void {
    const popular = this.zipf.keyCount
    const others = Math.max(1, this.keyCount - popular)
    for (let i = 0; i < out.length; i++) {
      if (this.served++ % (BETWEEN + SCAN) < BETWEEN) {
        this.zipf.next(this.one)
        out[i] = this.one[0]
      } else {
        out[i] = (popular + (this.scanned++ % others)) % this.keyCount
      }
    }
  }
}
