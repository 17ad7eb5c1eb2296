import { KeyQueue } from './key-queue.js'
import { KeySet } from './key-set.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

/**
 * First in, first out: the key that was admitted first leaves first, regardless of hits. A hit changes nothing.
 * O(1) amortized; a bit a key and four to eight bytes a slot.
 */
export class Fifo implements EvictionPolicy {
  private readonly weights: Weights
  private readonly members: KeySet
  private readonly queue: KeyQueue

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.members = new KeySet(keyCount)
    this.queue = new KeyQueue(this.weights)
  }

  access(key: number, size = 1): boolean {
    const { members, queue } = this
    if (members.has(key)) return true
    while (queue.weight + size > this.capacity) members.remove(queue.shift())
    this.weights.set(key, size)
    members.add(key)
    queue.push(key)
    return false
  }

  get used(): number {
    return this.queue.weight
  }

  has(key: number): boolean {
    return this.members.has(key)
  }

  remove(key: number): void {
    this.members.remove(key)
    this.queue.remove(key)
  }

  queues(): Queue[] {
    return [{ name: 'newest first', entries: this.queue.entries().reverse() }]
  }
}
