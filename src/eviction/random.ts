import { createRandom, type Random } from '../random/random.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

/**
 * Random: evicts each cached key with equal probability. It keeps no history and no order. Its hit ratio
 * is rarely far from that of FIFO. O(1); a bit a key and four bytes a slot.
 */
export class RandomEviction implements EvictionPolicy {
  private readonly slots: Slots
  private readonly random: Random

  constructor(
    readonly capacity: number,
    keyCount: number,
    seed: number,
    sized = false,
  ) {
    this.slots = new Slots(capacity, keyCount, sized)
    this.random = createRandom(seed, 'random eviction')
  }

  access(key: number, size = 1): boolean {
    const { slots } = this
    if (slots.has(key)) return true
    while (slots.weight + size > this.capacity) {
      slots.close()
      slots.empty(this.random.below(slots.size))
    }
    slots.add(key, size)
    return false
  }

  get used(): number {
    return this.slots.weight
  }

  has(key: number): boolean {
    return this.slots.has(key)
  }

  remove(key: number): void {
    this.slots.remove(key)
  }

  queues(): Queue[] {
    return [{ name: 'slots', entries: this.slots.list().map((key) => ({ key })) }]
  }
}
