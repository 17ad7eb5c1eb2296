import { createRandom, type Random } from '../random/random.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

/**
 * Random: evicts each cached key with equal probability. It keeps no history and no order. Its hit ratio
 * is rarely far from that of FIFO. O(1); half a byte a key and four bytes a slot.
 */
export class RandomEviction implements EvictionPolicy {
  private readonly slots: Slots
  private readonly random: Random

  constructor(
    readonly capacity: number,
    keyCount: number,
    seed: number,
  ) {
    this.slots = new Slots(capacity, keyCount)
    this.random = createRandom(seed, 'random eviction')
  }

  access(key: number): boolean {
    const { slots } = this
    if (slots.has(key)) return true
    if (slots.full) slots.replace(this.random.below(slots.size), key)
    else slots.append(key)
    return false
  }

  has(key: number): boolean {
    return this.slots.has(key)
  }

  queues(): Queue[] {
    return [{ name: 'slots', entries: this.slots.from(0).map((key) => ({ key })) }]
  }
}
