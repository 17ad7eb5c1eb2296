import { RecencyStack } from './recency-stack.js'

/**
 * LRU's hits at every capacity in one pass over the requests: a request hits in all caches that are larger
 * than its stack distance, the number of different keys requested since the last request of its own.
 * O(log keys) a request; twenty-four bytes a key.
 *
 * Mattson et al., IBM Systems Journal 9(2), 1970.
 *
 * @example
 * import { StackDistances } from 'cachelab/eviction'
 * const distances = new StackDistances(4)
 * distances.add(Uint32Array.of(0, 1, 2, 0, 1, 3, 0, 1))
 * // The whole curve of LRU from one pass.
 * const hits = [1, 2, 3, 4].map((capacity) => distances.hits(capacity))
 * hits // [ 0, 0, 4, 4 ]
 */
export class StackDistances {
  /** Requests by stack distance: histogram[d] hit in every cache of more than d keys. */
  readonly histogram: Float64Array
  /** First requests of keys, which hit in no cache. */
  cold = 0
  private readonly stack: RecencyStack

  /** Keys are 0 … keyCount − 1. */
  constructor(keyCount: number) {
    this.histogram = new Float64Array(keyCount)
    this.stack = new RecencyStack(keyCount)
  }

  /** Takes the first requests of all without counting them. O(1) a request. */
  warmUp(requests: Uint32Array): void {
    this.stack.begin(requests)
  }

  /** Counts requests in their order. */
  add(requests: Uint32Array): void {
    for (let i = 0; i < requests.length; i++) {
      const distance = this.stack.request(requests[i])
      if (distance < 0) this.cold++
      else this.histogram[distance]++
    }
  }

  /** Hits that an LRU cache of this capacity has had of the requests that are counted. */
  hits(capacity: number): number {
    let hits = 0
    for (let distance = 0; distance < Math.min(capacity, this.histogram.length); distance++) {
      hits += this.histogram[distance]
    }
    return hits
  }
}
