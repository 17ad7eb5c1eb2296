import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { UseHeap } from './use-heap.js'
import { Weights } from './weights.js'

const ONCE = 1
const AGAIN = 2

/**
 * Least frequently used: the key with the fewest requests since it was cached leaves; of several the least
 * recently used. Counts begin anew when a key comes back.
 *
 * Keys requested once wait in a line, from which most of those that leave are taken; keys requested again are
 * in a heap. A hit is O(1), a miss O(log capacity) amortized and mostly O(1); four and a half bytes a key and
 * thirty-two a slot.
 *
 * The rule is that of Shah, Mitra and Matani, "An O(1) Algorithm for Implementing the LFU Cache Eviction
 * Scheme", 2010. Their list of lists moves links on every hit, which costs twice as much.
 */
export class Lfu implements EvictionPolicy {
  private readonly weights: Weights
  private readonly lists: KeyLists
  private readonly heap: UseHeap
  private now = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.lists = new KeyLists(keyCount, AGAIN, capacity, this.weights)
    this.heap = new UseHeap(this.lists.places)
  }

  access(key: number, size = 1): boolean {
    const { lists, heap } = this
    const now = this.now++
    const list = lists.listOf(key)
    if (list === AGAIN) {
      heap.use(lists.placeOf(key), now)
      return true
    }
    if (list === ONCE) {
      lists.move(ONCE, AGAIN, key)
      heap.add(lists.placeOf(key), 2, now)
      return true
    }
    while (lists.sizes[ONCE] + lists.sizes[AGAIN] + size > this.capacity) this.evict()
    this.weights.set(key, size)
    lists.pushFront(ONCE, key)
    return false
  }

  private evict(): void {
    const { lists } = this
    if (lists.sizes[ONCE] > 0) lists.removeBack(ONCE)
    else lists.remove(lists.keyAt(this.heap.pop()))
  }

  get used(): number {
    return this.lists.sizes[ONCE] + this.lists.sizes[AGAIN]
  }

  remove(key: number): void {
    const { lists } = this
    if (lists.listOf(key) === AGAIN) this.heap.remove(lists.placeOf(key))
    lists.remove(key)
  }

  has(key: number): boolean {
    return this.lists.listOf(key) !== 0
  }

  queues(): Queue[] {
    const { lists, heap } = this
    const again = heap
      .inOrder()
      .map((place) => ({ key: lists.keyAt(place), mark: String(heap.countOf(place)) }))
    const entries = [...lists.entries(ONCE, () => '1').reverse(), ...again]
    return [{ name: 'next to leave first, with counts', entries }]
  }
}
