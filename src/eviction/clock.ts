import type { EvictionPolicy, Queue } from './policy.js'
import { Slots } from './slots.js'

const CACHED = 1
const REFERENCED = 2

/**
 * Clock or second chance: a hit sets the key's reference bit; the hand passes keys whose bit is set, clears
 * it, and replaces the first key whose bit is clear. Approximates LRU with one bit a key. O(1) amortized; half a byte
 * a key and four bytes a slot.
 *
 * Corbató, "A Paging Experiment with the Multics System", 1968.
 */
export class ClockPolicy implements EvictionPolicy {
  private readonly slots: Slots
  private hand = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.slots = new Slots(capacity, keyCount)
  }

  access(key: number): boolean {
    const { slots } = this
    if (slots.has(key)) {
      slots.states.set(key, REFERENCED)
      return true
    }
    if (slots.full) {
      const victim = this.victim()
      slots.replace(victim, key)
      this.hand = slots.after(victim)
    } else {
      slots.append(key)
    }
    return false
  }

  private victim(): number {
    const { slots } = this
    const { keys, states } = slots
    let slot = this.hand
    while (states.get(keys[slot]) === REFERENCED) {
      states.set(keys[slot], CACHED)
      slot = slots.after(slot)
    }
    return slot
  }

  has(key: number): boolean {
    return this.slots.has(key)
  }

  queues(): Queue[] {
    const { slots } = this
    const mark = (key: number) => (slots.states.get(key) === REFERENCED ? '1' : '0')
    const entries = slots.from(this.hand).map((key) => ({ key, mark: mark(key) }))
    return [{ name: 'from the hand on, with reference bits', entries }]
  }
}
