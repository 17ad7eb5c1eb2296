import { KeyQueue } from './key-queue.js'
import { KeySet } from './key-set.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

/**
 * First in, first out: the key that was admitted first leaves first, regardless of hits. A hit changes nothing.
 * O(1) amortized; a bit a key and four to eight bytes a slot.
 */
export class Fifo implements EvictionPolicy {
  used = 0
  private readonly weights: Weights
  private readonly members: KeySet
  private readonly queue = new KeyQueue()

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.members = new KeySet(keyCount)
  }

  access(key: number, size = 1): boolean {
    const { members } = this
    if (members.has(key)) return true
    while (this.used + size > this.capacity) this.evict()
    this.weights.set(key, size)
    members.add(key)
    this.queue.push(key)
    this.used += size
    return false
  }

  private evict(): void {
    const key = this.queue.shift()
    this.members.remove(key)
    this.used -= this.weights.of(key)
  }

  has(key: number): boolean {
    return this.members.has(key)
  }

  remove(key: number): void {
    this.members.remove(key)
    this.queue.remove(key)
    this.used -= this.weights.of(key)
  }

  queues(): Queue[] {
    return [{ name: 'newest first', entries: this.queue.entries().reverse() }]
  }
}
