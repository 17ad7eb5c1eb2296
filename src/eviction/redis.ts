import { createRandom, type Random } from '../random/random.js'
import { CandidatePool } from './candidate-pool.js'
import { decayedCount, INITIAL_COUNT, MAX_COUNT, raisedCount } from './logarithmic-counter.js'
import type { Clock, EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

const SAMPLES = 5

export interface RedisOptions {
  /** Requests a second of virtual time. */
  readonly rate: number
  /** The time of the request, instead of the rate's. */
  readonly clock?: Clock | undefined
  readonly seed: number
  readonly sized?: boolean | undefined
}

/**
 * Eviction of Redis at `maxmemory` for any score: five keys are sampled into a pool of sixteen candidates,
 * kept in order of their score when they were sampled; the best one that is still cached leaves. The pool
 * persists between evictions. O(samples + pool) a miss; eight bytes a key and four a slot.
 *
 * Redis 7.0, `maxmemory-samples 5`; rules from its documentation on key eviction.
 */
abstract class RedisSampling implements EvictionPolicy {
  protected readonly random: Random
  /** Requests so far. */
  protected requests = 0
  private readonly slots: Slots
  private readonly pool = new CandidatePool<number>()

  constructor(
    readonly capacity: number,
    keyCount: number,
    protected readonly options: RedisOptions,
  ) {
    this.slots = new Slots(capacity, keyCount, options.sized === true)
    this.random = createRandom(options.seed, 'redis sampling')
  }

  /** Eviction score of a key; the highest leaves first. */
  protected abstract score(key: number): number
  /** Notes that a key was requested; `fresh` if it has just been cached. */
  protected abstract touch(key: number, fresh: boolean): void
  protected abstract mark(key: number): string

  /** Virtual seconds since the start. */
  protected get seconds(): number {
    const { clock, rate } = this.options
    return clock === undefined ? this.requests / rate : clock.seconds
  }

  access(key: number, size = 1): boolean {
    const { slots } = this
    this.requests++
    const hit = slots.has(key)
    if (!hit) {
      while (slots.weight + size > this.capacity) {
        slots.close()
        slots.empty(slots.find(this.victim()))
      }
      slots.add(key, size)
    }
    this.touch(key, !hit)
    return hit
  }

  get used(): number {
    return this.slots.weight
  }

  remove(key: number): void {
    this.slots.remove(key)
  }

  /** The key that leaves. */
  private victim(): number {
    for (;;) {
      for (let sample = 0; sample < SAMPLES; sample++) {
        const key = this.slots.keys[this.random.below(this.slots.size)]
        this.pool.offer(key, this.score(key))
      }
      for (let key = this.pool.take(); key !== undefined; key = this.pool.take()) {
        if (this.slots.has(key)) return key
      }
    }
  }

  has(key: number): boolean {
    return this.slots.has(key)
  }

  queues(): Queue[] {
    const { slots, pool } = this
    return [
      { name: 'slots', entries: slots.list().map((key) => ({ key, mark: this.mark(key) })) },
      { name: 'pool of candidates, best first', ghost: true, entries: pool.list().map((key) => ({ key })) },
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
    return decayedCount(this.counter[key], this.minutes - this.touched[key])
  }

  protected score(key: number): number {
    return MAX_COUNT - this.decayed(key)
  }

  protected touch(key: number, fresh: boolean): void {
    this.counter[key] = fresh ? INITIAL_COUNT : raisedCount(this.decayed(key), this.random)
    this.touched[key] = this.minutes
  }

  protected mark(key: number): string {
    return String(this.decayed(key))
  }
}
