import type { EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

/**
 * First in, first out: the key that was admitted first leaves first, regardless of hits. A ring of
 * slots and a hand; a hit changes nothing. O(1); half a byte a key and four bytes a slot.
 */
export class Fifo implements EvictionPolicy {
  private readonly slots: Slots
  private oldest = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.slots = new Slots(capacity, keyCount)
  }

  access(key: number): boolean {
    const { slots } = this
    if (slots.has(key)) return true
    if (slots.full) {
      slots.replace(this.oldest, key)
      this.oldest = slots.after(this.oldest)
    } else {
      slots.append(key)
    }
    return false
  }

  has(key: number): boolean {
    return this.slots.has(key)
  }

  queues(): Queue[] {
    const entries = this.slots.from(this.oldest).map((key) => ({ key }))
    return [{ name: 'newest first', entries: entries.reverse() }]
  }
}
