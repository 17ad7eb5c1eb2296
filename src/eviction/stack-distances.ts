import { RecencyStack } from './recency-stack.js'

/**
 * LRU's hits at every capacity in one pass over the requests: a request hits in all caches that are larger
 * than its stack distance, the number of different keys requested since the last request of its own.
 * O(log keys) a request; twenty-four bytes a key.
 *
 * Mattson et al., IBM Systems Journal 9(2), 1970.
 */
export class StackDistances {
  /** Requests by stack distance: histogram[d] hit in every cache of more than d keys. */
  readonly histogram: Float64Array
  /** First requests, which hit in no cache. */
  cold = 0
  private readonly stack: RecencyStack

  constructor(keyCount: number) {
    this.histogram = new Float64Array(keyCount)
    this.stack = new RecencyStack(keyCount)
  }

  /** Takes requests in their order. */
  add(requests: Uint32Array): void {
    for (let i = 0; i < requests.length; i++) {
      const distance = this.stack.request(requests[i])
      if (distance < 0) this.cold++
      else this.histogram[distance]++
    }
  }

  /** Hits that an LRU cache of this capacity has had. */
  hits(capacity: number): number {
    let hits = 0
    for (let distance = 0; distance < Math.min(capacity, this.histogram.length); distance++) {
      hits += this.histogram[distance]
    }
    return hits
  }
}
