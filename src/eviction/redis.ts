import { createRandom, type Random } from '../random/random.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

const SAMPLES = 5
const POOL = 16

export interface RedisOptions {
  /** Requests a second of virtual time. */
  readonly rate: number
  readonly seed: number
}

/**
 * What Redis does at `maxmemory`, whatever the score: five keys are sampled into a pool of sixteen candidates,
 * kept in order of their score when they were sampled; the best one that is still cached leaves. The pool
 * lives on between evictions. O(samples + pool) a miss; eight and a half bytes a key and four a slot.
 *
 * Redis 7.0, `maxmemory-samples 5`; the rules as its documentation on key eviction describes them.
 */
abstract class RedisSampling implements EvictionPolicy {
  protected readonly random: Random
  /** Requests so far. */
  protected requests = 0
  private readonly slots: Slots
  /** Where a cached key is; of no meaning for others. */
  private readonly slotOf: Uint32Array
  /** Candidates by ascending score, and how many there are. */
  private readonly poolKeys = new Uint32Array(POOL)
  private readonly poolScores = new Float64Array(POOL)
  private pooled = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
    protected readonly options: RedisOptions,
  ) {
    this.slots = new Slots(capacity, keyCount)
    this.slotOf = new Uint32Array(keyCount)
    this.random = createRandom(options.seed, 'redis sampling')
  }

  /** How much a key deserves to leave. */
  protected abstract score(key: number): number
  /** Notes that a key was requested; `fresh` if it has just been cached. */
  protected abstract touch(key: number, fresh: boolean): void
  protected abstract mark(key: number): string

  /** Virtual seconds since the start. */
  protected get seconds(): number {
    return this.requests / this.options.rate
  }

  access(key: number): boolean {
    const { slots } = this
    this.requests++
    const hit = slots.has(key)
    if (!hit) this.admit(key)
    this.touch(key, !hit)
    return hit
  }

  private admit(key: number): void {
    const { slots } = this
    if (slots.full) {
      const slot = this.slotOf[this.victim()]
      slots.replace(slot, key)
      this.slotOf[key] = slot
    } else {
      this.slotOf[key] = slots.size
      slots.append(key)
    }
  }

  /** The key that leaves. */
  private victim(): number {
    for (;;) {
      for (let sample = 0; sample < SAMPLES; sample++) {
        this.consider(this.slots.keys[this.random.below(this.slots.size)])
      }
      while (this.pooled > 0) {
        const key = this.poolKeys[--this.pooled]
        if (this.slots.has(key)) return key
      }
    }
  }

  /** Puts a candidate into the pool where its score belongs; a full pool drops its worst for it. */
  private consider(key: number): void {
    const { poolKeys, poolScores } = this
    const score = this.score(key)
    let at = 0
    while (at < this.pooled && poolScores[at] < score) at++
    if (this.pooled === POOL) {
      if (at === 0) return
      at--
      poolKeys.copyWithin(0, 1, at + 1)
      poolScores.copyWithin(0, 1, at + 1)
    } else {
      poolKeys.copyWithin(at + 1, at, this.pooled)
      poolScores.copyWithin(at + 1, at, this.pooled)
      this.pooled++
    }
    poolKeys[at] = key
    poolScores[at] = score
  }

  has(key: number): boolean {
    return this.slots.has(key)
  }

  queues(): Queue[] {
    const { slots, poolKeys, pooled } = this
    const pool = Array.from(poolKeys.subarray(0, pooled)).reverse()
    return [
      { name: 'slots', entries: slots.from(0).map((key) => ({ key, mark: this.mark(key) })) },
      { name: 'pool of candidates, best first', ghost: true, entries: pool.map((key) => ({ key })) },
    ]
  }
}

/**
 * Redis's `allkeys-lru`: the score is the idle time, and the clock counts whole seconds. Where keys turn over
 * in less than a second all look equally idle, and it is no better than random.
 */
export class RedisLru extends RedisSampling {
  private readonly touched: Uint32Array

  constructor(capacity: number, keyCount: number, options: RedisOptions) {
    super(capacity, keyCount, options)
    this.touched = new Uint32Array(keyCount)
  }

  protected score(key: number): number {
    return Math.floor(this.seconds) - this.touched[key]
  }

  protected touch(key: number): void {
    this.touched[key] = Math.floor(this.seconds)
  }

  protected mark(key: number): string {
    return `idle ${this.score(key)} s`
  }
}

const INITIAL = 5
const LOG_FACTOR = 10
const MOST = 255

/**
 * Redis's `allkeys-lfu`: a counter of eight bits that grows with the logarithm of the requests and loses one
 * for each whole minute without any. It starts at 5; a hit raises it with probability
 * 1 ÷ ((counter − 5) · 10 + 1).
 */
export class RedisLfu extends RedisSampling {
  private readonly counter: Uint8Array
  private readonly touched: Uint32Array

  constructor(capacity: number, keyCount: number, options: RedisOptions) {
    super(capacity, keyCount, options)
    this.counter = new Uint8Array(keyCount)
    this.touched = new Uint32Array(keyCount)
  }

  private get minutes(): number {
    return Math.floor(this.seconds / 60)
  }

  private decayed(key: number): number {
    return Math.max(0, this.counter[key] - (this.minutes - this.touched[key]))
  }

  protected score(key: number): number {
    return MOST - this.decayed(key)
  }

  protected touch(key: number, fresh: boolean): void {
    if (fresh) {
      this.counter[key] = INITIAL
    } else {
      const count = this.decayed(key)
      const chance = 1 / (Math.max(count - INITIAL, 0) * LOG_FACTOR + 1)
      this.counter[key] = count < MOST && this.random.next() < chance ? count + 1 : count
    }
    this.touched[key] = this.minutes
  }

  protected mark(key: number): string {
    return String(this.decayed(key))
  }
}
