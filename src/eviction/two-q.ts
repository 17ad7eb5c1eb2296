import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

const IN = 1
const MAIN = 2
const OUT = 3

/**
 * 2Q: a new key enters a FIFO of a quarter of the cache. If it is requested again after it left the
 * FIFO, while it is a ghost, it enters an LRU list. Keys used once never enter it; a burst counts as one use.
 * Remembers half as many ghosts as there are slots. O(1); four and a half bytes a key
 * and eighteen a slot.
 *
 * Johnson and Shasha, "2Q: A Low Overhead High Performance Buffer Management Replacement Algorithm", VLDB 1994.
 */
export class TwoQ implements EvictionPolicy {
  private readonly weights: Weights
  private readonly lists: KeyLists
  private readonly inLimit: number
  private readonly outLimit: number

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.inLimit = Math.max(1, Math.floor(capacity / 4))
    this.outLimit = Math.max(1, Math.floor(capacity / 2))
    this.weights = new Weights(keyCount, sized)
    this.lists = new KeyLists(keyCount, OUT, capacity + this.outLimit + 1, this.weights)
  }

  access(key: number, size = 1): boolean {
    const { lists } = this
    const list = lists.listOf(key)
    if (list === MAIN) {
      lists.touch(MAIN, key)
      return true
    }
    if (list === IN) return true
    if (list === OUT) lists.remove(key)
    while (this.used + size > this.capacity) this.evict()
    this.weights.set(key, size)
    lists.pushFront(list === OUT ? MAIN : IN, key)
    return false
  }

  private evict(): void {
    const { lists } = this
    if (lists.sizes[IN] <= this.inLimit && lists.sizes[MAIN] > 0) {
      lists.removeBack(MAIN)
      return
    }
    lists.moveBack(IN, OUT)
    while (lists.sizes[OUT] > this.outLimit) lists.removeBack(OUT)
  }

  get used(): number {
    return this.lists.sizes[IN] + this.lists.sizes[MAIN]
  }

  remove(key: number): void {
    this.lists.remove(key)
  }

  has(key: number): boolean {
    const list = this.lists.listOf(key)
    return list === IN || list === MAIN
  }

  queues(): Queue[] {
    return [
      { name: 'A1in, newest first', entries: this.lists.entries(IN) },
      { name: 'Am, most recent first', entries: this.lists.entries(MAIN) },
      { name: 'A1out', ghost: true, entries: this.lists.entries(OUT) },
    ]
  }
}
