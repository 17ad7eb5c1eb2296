import { createRandom, type Random } from '../random/random.js'
import { FrequencySketch } from './frequency-sketch.js'
import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'

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
 * O(1) amortized; four and a half bytes a key, twelve a slot and the sketch.
 *
 * Einziger, Friedman and Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM TOS 13(4), 2017; shares,
 * sketch and chance as in the simulator of Caffeine.
 */
export class WTinyLfu implements EvictionPolicy {
  protected readonly lists: KeyLists
  protected windowLimit: number
  protected protectedLimit: number
  private readonly sketch: FrequencySketch
  private readonly random: Random

  constructor(
    readonly capacity: number,
    keyCount: number,
    seed: number,
  ) {
    this.lists = new KeyLists(keyCount, PROTECTED, capacity + 1)
    this.sketch = new FrequencySketch(capacity)
    this.random = createRandom(seed, 'w-tinylfu')
    const main = Math.floor(capacity * MAIN_SHARE)
    this.windowLimit = capacity - main
    this.protectedLimit = Math.floor(main * PROTECTED_SHARE)
  }

  access(key: number): boolean {
    const { lists } = this
    this.sketch.count(key)
    const list = lists.listOf(key)
    if (list === 0) {
      lists.pushFront(WINDOW, key)
      if (lists.sizes[WINDOW] > this.windowLimit) this.leaveWindow()
      return false
    }
    if (list === PROBATION) {
      lists.move(PROBATION, PROTECTED, key)
      this.demote()
    } else lists.touch(list, key)
    return true
  }

  /** Moves the oldest protected key to probation if there are too many. */
  protected demote(): void {
    if (this.lists.sizes[PROTECTED] > this.protectedLimit) this.lists.moveBack(PROTECTED, PROBATION)
  }

  protected get size(): number {
    const { sizes } = this.lists
    return sizes[WINDOW] + sizes[PROBATION] + sizes[PROTECTED]
  }

  private leaveWindow(): void {
    const { lists } = this
    const candidate = lists.back(WINDOW)
    lists.moveBack(WINDOW, PROBATION)
    if (this.size <= this.capacity) return
    const victim = lists.back(PROBATION)
    lists.remove(this.admits(candidate, victim) ? victim : candidate)
  }

  private admits(candidate: number, victim: number): boolean {
    const count = this.sketch.estimate(candidate)
    if (count > this.sketch.estimate(victim)) return true
    return count >= JITTER.count && this.random.next() < JITTER.probability
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
