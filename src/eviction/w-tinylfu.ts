import { createRandom, type Random } from '../random/random.js'
import { FrequencySketch } from './frequency-sketch.js'
import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

export interface WTinyLfuOptions {
  readonly capacity: number
  readonly keyCount: number
  readonly seed: number
  /** The sizes of the keys, where they have any. */
  readonly sizes?: ArrayLike<number> | undefined
}

export const WINDOW = 1
export const PROBATION = 2
const PROTECTED = 3

const MAIN_SHARE = 0.99
const PROTECTED_SHARE = 0.8
/** A candidate with so many counts that loses against the victim is admitted with this probability. */
const JITTER = { count: 6, probability: 1 / 128 }

/**
 * W-TinyLFU: new keys enter a small LRU window, 1 % of the cache. What falls out of it becomes the newest key on
 * probation in the main cache; if the cache is over its capacity, it competes with the oldest one there, and the
 * one with the higher estimate in a frequency sketch stays, the older one at a tie. A hit on probation moves a key
 * to the protected segment, 80 % of the main cache. Every request is counted in the sketch, hits in the window too.
 *
 * A tie rule alone would let an attacker who knows the hash raise the victim's counters, so that nothing is
 * admitted any more. So a popular candidate that loses enters now and then all the same, by chance.
 *
 * Where keys have sizes the candidate competes with all keys together that would have to leave for it, as by
 * Einziger, Eytan, Friedman and Manes, "Lightweight Robust Size Aware Cache Management", ACM TOS 18(3), 2022.
 *
 * O(1) amortized; four and a half bytes a key, twelve a slot and the sketch.
 *
 * Einziger, Friedman and Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM TOS 13(4), 2017; shares,
 * sketch and chance as in the simulator of Caffeine.
 */
export class WTinyLfu implements EvictionPolicy {
  readonly capacity: number
  /** Keys that the cache holds if their sizes are as the mean. */
  protected readonly entries: number
  protected readonly weights: Weights
  protected readonly lists: KeyLists
  protected windowLimit: number
  protected protectedLimit: number
  private readonly sketch: FrequencySketch
  private readonly random: Random

  constructor({ capacity, keyCount, seed, sizes }: WTinyLfuOptions) {
    this.capacity = capacity
    this.entries = sizes === undefined ? capacity : Math.ceil((capacity * sizes.length) / sum(sizes))
    this.weights = new Weights(keyCount, sizes !== undefined)
    this.lists = new KeyLists(keyCount, PROTECTED, capacity + 1, this.weights)
    this.sketch = new FrequencySketch(Math.min(this.entries, keyCount))
    this.random = createRandom(seed, 'w-tinylfu')
    const main = Math.floor(capacity * MAIN_SHARE)
    this.windowLimit = capacity - main
    this.protectedLimit = Math.floor(main * PROTECTED_SHARE)
  }

  access(key: number, size = 1): boolean {
    const { lists } = this
    this.sketch.count(key)
    const list = lists.listOf(key)
    if (list === 0) {
      this.weights.set(key, size)
      lists.pushFront(WINDOW, key)
      while (lists.sizes[WINDOW] > this.windowLimit) this.leaveWindow()
      // With sizes the main cache may have taken what the window didn't need.
      while (this.used > this.capacity) lists.removeBack(lists.sizes[PROBATION] > 0 ? PROBATION : PROTECTED)
      return false
    }
    if (list === PROBATION) {
      lists.move(PROBATION, PROTECTED, key)
      this.demote()
    } else lists.touch(list, key)
    return true
  }

  /** Moves the oldest protected keys to probation if there are too many. */
  protected demote(): void {
    while (this.lists.sizes[PROTECTED] > this.protectedLimit) this.lists.moveBack(PROTECTED, PROBATION)
  }

  /** The oldest key of the window stays if it beats all those together that would have to leave for it. */
  private leaveWindow(): void {
    const { lists, sketch } = this
    const candidate = lists.back(WINDOW)
    lists.moveBack(WINDOW, PROBATION)
    let excess = this.used - this.capacity
    if (excess <= 0) return
    let rivals = 0
    let victim = lists.back(PROBATION)
    for (; excess > 0 && victim !== candidate; victim = lists.towardsFront(victim)) {
      excess -= this.weights.of(victim)
      rivals += sketch.estimate(victim)
    }
    if (excess > 0 || !this.admits(candidate, rivals)) lists.remove(candidate)
    else while (this.used > this.capacity) lists.removeBack(PROBATION)
  }

  private admits(candidate: number, rivals: number): boolean {
    const count = this.sketch.estimate(candidate)
    if (count > rivals) return true
    return count >= JITTER.count && this.random.next() < JITTER.probability
  }

  get used(): number {
    const { sizes } = this.lists
    return sizes[WINDOW] + sizes[PROBATION] + sizes[PROTECTED]
  }

  remove(key: number): void {
    this.lists.remove(key)
  }

  has(key: number): boolean {
    return this.lists.listOf(key) !== 0
  }

  queues(): Queue[] {
    const mark = (key: number) => String(this.sketch.estimate(key))
    return [
      { name: 'window, most recent first, with counts', entries: this.lists.entries(WINDOW, mark) },
      { name: 'probation', entries: this.lists.entries(PROBATION, mark) },
      { name: 'protected', entries: this.lists.entries(PROTECTED, mark) },
    ]
  }
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}
