import { KeyStates } from './key-states.js'
import type { EvictionPolicy, Queue } from './policy.js'

const ABSENT = 0
const CACHED = 1
const VISITED = 2

/**
 * SIEVE: new keys enter at the front and never move; a hit sets a bit. The hand walks from back to front,
 * clears set bits, evicts the first key whose bit is clear, and stays there. New keys without a hit leave
 * quickly; popular keys stay behind the hand. O(1) amortized; half a byte a key and eight bytes a slot.
 *
 * The queue is an array, the back first, with a gap where the hand is: keys that the hand passes move to the
 * near side of it, and those that it evicts are left behind in it.
 *
 * Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024.
 */
export class Sieve implements EvictionPolicy {
  private readonly states: KeyStates
  private readonly queue: Uint32Array
  /** Keys that the hand has passed are queue[0 … passed − 1], those before it queue[hand … end − 1]. */
  private passed = 0
  private hand = 0
  private end = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.states = new KeyStates(keyCount)
    this.queue = new Uint32Array(2 * Math.min(capacity, keyCount))
  }

  access(key: number): boolean {
    const { states } = this
    if (states.get(key) !== ABSENT) {
      states.set(key, VISITED)
      return true
    }
    if (this.passed + this.end - this.hand === this.capacity) this.evict()
    if (this.end === this.queue.length) this.closeGap()
    states.set(key, CACHED)
    this.queue[this.end++] = key
    return false
  }

  private evict(): void {
    const { states, queue } = this
    for (;;) {
      if (this.hand === this.end) this.restart()
      const key = queue[this.hand++]
      if (states.get(key) === CACHED) {
        states.set(key, ABSENT)
        // The hand goes back before the newcomer is there, or it would be the next to be looked at.
        if (this.hand === this.end) this.restart()
        return
      }
      states.set(key, CACHED)
      queue[this.passed++] = key
    }
  }

  /** The hand goes from the front to the back. */
  private restart(): void {
    this.end = this.passed
    this.passed = 0
    this.hand = 0
  }

  private closeGap(): void {
    this.queue.copyWithin(this.passed, this.hand, this.end)
    this.end -= this.hand - this.passed
    this.hand = this.passed
  }

  has(key: number): boolean {
    return this.states.get(key) !== ABSENT
  }

  queues(): Queue[] {
    const { queue, passed, hand, end } = this
    const order = [...queue.subarray(0, passed), ...queue.subarray(hand, end)]
    const entries = order.map((key, i) => ({
      key,
      mark: `${this.states.get(key) === VISITED ? 1 : 0}${i === passed ? ' hand' : ''}`,
    }))
    return [{ name: 'newest first, with visited bits', entries: entries.reverse() }]
  }
}
