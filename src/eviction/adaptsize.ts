import { createRandom, type Random } from '../random/random.js'
import { Lru } from './lru.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { bestAdmission, type ObjectGroup } from './size-model.js'

/** Requests before the first tuning and between later ones; in between the intervals double. */
const FIRST_INTERVAL = 1 << 13
const INTERVAL = 1 << 18
/** What a count is worth at the next tuning. */
const DECAY = 0.7
/** Counts up to this one have groups of their own. */
const FEW = 5
/** Groups of objects whose sizes differ by less than a factor of √2 are tuned as one. */
const GROUPS_A_DOUBLING = 2

/**
 * AdaptSize: an LRU cache that admits an object of s bytes with probability exp(−s ÷ c). The parameter c is tuned
 * again and again: the one for which a model of the cache expects most hits with the counts and sizes seen lately.
 * O(1) amortized; sixteen bytes a key and twelve a slot.
 *
 * Berger, Sitaraman and Harchol-Balter, "AdaptSize: Orchestrating the Hot Object Memory Cache in a Content Delivery
 * Network", NSDI 2017.
 */
export class AdaptSize implements EvictionPolicy {
  private readonly lru: Lru
  private readonly random: Random
  /** The paper's c, in bytes; everything is admitted until it is tuned. */
  private scale = Infinity
  private readonly counts: Float32Array
  private readonly sizes: Float64Array
  private requests = 0
  private tuning: number

  constructor(
    readonly capacity: number,
    keyCount: number,
    seed: number,
    sized = false,
  ) {
    this.lru = new Lru(capacity, keyCount, sized)
    this.random = createRandom(seed, 'adaptsize admission')
    // Where all objects are equally large there is nothing to choose between.
    this.tuning = sized ? FIRST_INTERVAL : Infinity
    this.counts = new Float32Array(keyCount)
    this.sizes = new Float64Array(keyCount)
  }

  access(key: number, size = 1): boolean {
    this.counts[key]++
    this.sizes[key] = size
    if (++this.requests === this.tuning) this.tune()
    if (this.lru.has(key)) return this.lru.access(key)
    if (this.random.next() < Math.exp(-size / this.scale)) this.lru.access(key, size)
    return false
  }

  private tune(): void {
    this.tuning += Math.min(INTERVAL, this.requests)
    this.scale = bestAdmission(this.groups(), this.capacity)
    for (let key = 0; key < this.counts.length; key++) this.counts[key] *= DECAY
  }

  /** Objects of about the same count and size, counted. O(keys). */
  private groups(): ObjectGroup[] {
    const groups = new Map<number, ObjectGroup>()
    for (let key = 0; key < this.counts.length; key++) {
      const count = Math.round(this.counts[key])
      if (count === 0) continue
      const rank = count <= FEW ? count : Math.round(FEW * Math.log2(count))
      const id = rank * 1024 + Math.round(GROUPS_A_DOUBLING * Math.log2(this.sizes[key]))
      const group = groups.get(id) ?? { objects: 0, requests: 0, bytes: 0 }
      groups.set(id, group)
      group.objects++
      group.requests += count
      group.bytes += this.sizes[key]
    }
    return [...groups.values()]
  }

  get used(): number {
    return this.lru.used
  }

  has(key: number): boolean {
    return this.lru.has(key)
  }

  remove(key: number): void {
    this.lru.remove(key)
  }

  queues(): Queue[] {
    return this.lru.queues()
  }
}
