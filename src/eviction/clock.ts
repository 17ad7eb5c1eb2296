import type { EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

/**
 * Clock or second chance: a hit sets the key's reference bit; the hand passes keys whose bit is set, clears
 * it, and replaces the first key whose bit is clear. LRU's effect for a bit a key. O(1) amortized;
 * four bytes a key and five a slot.
 *
 * Corbató, "A Paging Experiment with the Multics System", 1968.
 */
export class Clock implements EvictionPolicy {
  private readonly slots: Slots
  private readonly referenced: Uint8Array
  private hand = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.slots = new Slots(capacity, keyCount)
    this.referenced = new Uint8Array(this.slots.keys.length)
  }

  access(key: number): boolean {
    const { slots, referenced } = this
    const slot = slots.find(key)
    if (slot >= 0) {
      referenced[slot] = 1
      return true
    }
    if (!slots.full) {
      slots.append(key)
      return false
    }
    let hand = this.hand
    while (referenced[hand] === 1) {
      referenced[hand] = 0
      hand = hand + 1 === slots.size ? 0 : hand + 1
    }
    slots.replace(hand, key)
    this.hand = hand + 1 === slots.size ? 0 : hand + 1
    return false
  }

  queues(): Queue[] {
    const entries = this.slots
      .from(this.hand)
      .map((key) => ({ key, mark: String(this.referenced[this.slots.find(key)]) }))
    return [{ name: 'from the hand on, with reference bits', entries }]
  }
}
