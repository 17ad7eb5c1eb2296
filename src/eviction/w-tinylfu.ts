import { FrequencySketch } from './frequency-sketch.js'
import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'

const WINDOW = 1
const PROBATION = 2
const PROTECTED = 3

/**
 * W-TinyLFU: new keys enter a small LRU window, 1 % of the cache. What falls out of it competes with the last
 * key of the main cache, and the one with the higher estimate in a frequency sketch stays. The main cache
 * is an LRU of two segments, 80 % of it protected. O(1) amortized; four and a half bytes
 * a key, twelve a slot and the sketch.
 *
 * Einziger, Friedman and Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM TOS 13(4), 2017.
 */
export class WTinyLfu implements EvictionPolicy {
  private readonly lists: KeyLists
  private readonly sketch: FrequencySketch
  private readonly windowLimit: number
  private readonly protectedLimit: number

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.lists = new KeyLists(keyCount, PROTECTED, capacity + 1)
    this.sketch = new FrequencySketch(capacity)
    this.windowLimit = Math.max(1, Math.floor(capacity / 100))
    this.protectedLimit = Math.floor((capacity - this.windowLimit) * 0.8)
  }

  access(key: number): boolean {
    const { lists } = this
    const list = lists.listOf(key)
    // A burst within the window counts once.
    if (list !== WINDOW) this.sketch.count(key)
    if (list === 0) {
      lists.pushFront(WINDOW, key)
      if (lists.sizes[WINDOW] > this.windowLimit) this.leaveWindow(lists.back(WINDOW))
      return false
    }
    if (list === PROBATION && this.protectedLimit > 0) this.protect(key)
    else lists.touch(list, key)
    return true
  }

  private protect(key: number): void {
    const { lists } = this
    lists.move(PROBATION, PROTECTED, key)
    if (lists.sizes[PROTECTED] > this.protectedLimit) lists.moveBack(PROTECTED, PROBATION)
  }

  /** The candidate enters the main cache if there is room, or if it was requested more often than the victim. */
  private leaveWindow(candidate: number): void {
    const { lists } = this
    const { sizes } = lists
    if (sizes[WINDOW] + sizes[PROBATION] + sizes[PROTECTED] <= this.capacity) {
      lists.move(WINDOW, PROBATION, candidate)
      return
    }
    const main = sizes[PROBATION] > 0 ? PROBATION : PROTECTED
    if (sizes[main] === 0) {
      lists.remove(candidate)
      return
    }
    const victim = lists.back(main)
    if (this.sketch.estimate(candidate) > this.sketch.estimate(victim)) {
      lists.remove(victim)
      lists.move(WINDOW, PROBATION, candidate)
    } else {
      lists.remove(candidate)
    }
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
