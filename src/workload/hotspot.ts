import { createRandom, type Random } from '../random/random.js'
import type { Workload } from './workload.js'

/** The hot set's share of the keys, and its share of the requests. */
const HOT_KEYS = 0.1
const HOT_REQUESTS = 0.9

/**
 * A hot set of a tenth of the keys gets nine tenths of the requests, and moves on to the next tenth every
 * `period` requests: what was popular is not any more, and a policy must forget.
 */
export class Hotspot implements Workload {
  readonly name = 'hotspot'
  private readonly random: Random
  private readonly hotKeys: number
  private served = 0

  constructor(
    readonly keyCount: number,
    private readonly period: number,
    seed: number,
  ) {
    this.random = createRandom(seed, 'hotspot')
    this.hotKeys = Math.max(1, Math.round(keyCount * HOT_KEYS))
  }

  next(out: Uint32Array): void {
    const { random, keyCount, hotKeys } = this
    for (let i = 0; i < out.length; i++) {
      const first = (Math.floor(this.served++ / this.period) * hotKeys) % keyCount
      const hot = random.next() < HOT_REQUESTS
      out[i] = hot ? (first + random.below(hotKeys)) % keyCount : random.below(keyCount)
    }
  }
}
