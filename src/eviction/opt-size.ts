import { NEVER, nextRequests } from './next-requests.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

/**
 * A bound for caches of objects with sizes: no policy hits more requests, not even one that knows the future. Keeping
 * an object from one request to the next costs its size × the requests in between, and the cache has its capacity ×
 * all requests to spend. The bound buys the cheapest hits. It may hold more than the capacity now and then, as
 * long as it is less at other times: no real cache reaches it. O(requests log requests); sixteen bytes a request.
 *
 * Berger, Beckmann and Harchol-Balter, "Practical Bounds on Optimal Caching with Variable Object Sizes", POMACS 2(2),
 * 2018: PFOO-L.
 */
export class OptSize implements EvictionPolicy {
  used = 0
  private now = 0
  private readonly weights: Weights
  /** For each request whether its object is kept until the next one. */
  private readonly kept: Uint8Array
  private readonly inside: Uint8Array

  /** `requests` are those that `access` will be called with, in this order; `sizes` are those of the keys. */
  constructor(
    readonly capacity: number,
    keyCount: number,
    requests: Uint32Array,
    sizes?: ArrayLike<number>,
  ) {
    this.weights = new Weights(keyCount, sizes !== undefined)
    this.inside = new Uint8Array(keyCount)
    this.kept = cheapest(capacity, requests, nextRequests(requests, keyCount), sizes)
  }

  access(key: number, size = 1): boolean {
    const hit = this.inside[key] === 1
    if (hit) this.remove(key)
    if (this.kept[this.now++] === 1) {
      this.inside[key] = 1
      this.weights.set(key, size)
      this.used += size
    }
    return hit
  }

  has(key: number): boolean {
    return this.inside[key] === 1
  }

  remove(key: number): void {
    this.inside[key] = 0
    this.used -= this.weights.of(key)
  }

  skip(): void {
    this.now++
  }

  queues(): Queue[] {
    const keys = Array.from(this.inside.keys()).filter((key) => this.has(key))
    return [{ name: 'kept until the next request', entries: keys.map((key) => ({ key })) }]
  }
}

/** Which requests' objects are kept: 1 for the cheapest ones, as far as the capacity goes. */
function cheapest(
  capacity: number,
  requests: Uint32Array,
  next: Uint32Array,
  sizes: ArrayLike<number> | undefined,
): Uint8Array {
  const costs = new Float64Array(requests.length)
  let repeated = 0
  for (let i = 0; i < requests.length; i++) {
    const cost = costOf(i, capacity, requests, next, sizes)
    if (cost < Infinity) costs[repeated++] = cost
  }
  const sorted = costs.subarray(0, repeated).sort()
  let budget = capacity * requests.length
  let bought = 0
  while (bought < repeated && sorted[bought] <= budget) budget -= sorted[bought++]
  const dearest = bought > 0 ? sorted[bought - 1] : -1
  // Of those that cost as much as the dearest one only so many are bought.
  let last = 0
  for (let i = bought - 1; i >= 0 && sorted[i] === dearest; i--) last++
  return Uint8Array.from(requests, (_, i) => {
    const cost = costOf(i, capacity, requests, next, sizes)
    return cost < dearest || (cost === dearest && last-- > 0) ? 1 : 0
  })
}

/** What it costs to keep a request's object until the next one; Infinity where there is none or it never fits. */
function costOf(
  i: number,
  capacity: number,
  requests: Uint32Array,
  next: Uint32Array,
  sizes: ArrayLike<number> | undefined,
): number {
  const size = sizes === undefined ? 1 : sizes[requests[i]]
  return next[i] === NEVER || size > capacity ? Infinity : (next[i] - i) * size
}
