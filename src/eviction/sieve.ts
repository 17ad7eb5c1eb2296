import { KeyQueue } from './key-queue.js'
import { KeyStates } from './key-states.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

const ABSENT = 0
const CACHED = 1
const VISITED = 2
/** Added for the keys of the second of the two queues. */
const SECOND = 4

/**
 * SIEVE: new keys enter at the front and never move; a hit sets a bit. The hand walks from back to front,
 * clears set bits, evicts the first key whose bit is clear, and stays there. New keys without a hit leave
 * quickly; popular keys stay behind the hand. O(1) amortized; half a byte a key and eight to sixteen bytes a slot.
 *
 * The hand parts the order in two queues: the keys that it has passed since it was at the back, and those before it.
 * A key that it passes goes from one to the other; at the front they change their parts.
 *
 * Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024.
 */
export class Sieve implements EvictionPolicy {
  used = 0
  private readonly weights: Weights
  private readonly states: KeyStates
  private passed = new KeyQueue()
  private ahead = new KeyQueue()
  /** SECOND if `ahead` is the second queue. */
  private side = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.states = new KeyStates(keyCount)
  }

  access(key: number, size = 1): boolean {
    const { states } = this
    const state = states.get(key)
    if (state !== ABSENT) {
      if ((state & VISITED) === 0) states.set(key, (state & SECOND) | VISITED)
      return true
    }
    while (this.used + size > this.capacity) this.evict()
    this.weights.set(key, size)
    states.set(key, CACHED | this.side)
    this.ahead.push(key)
    this.used += size
    return false
  }

  private evict(): void {
    const { states } = this
    for (;;) {
      if (this.ahead.size === 0) this.restart()
      const key = this.ahead.shift()
      if ((states.get(key) & VISITED) === 0) {
        states.set(key, ABSENT)
        this.used -= this.weights.of(key)
        // The hand goes back before the newcomer is there, or it would be the next to be looked at.
        if (this.ahead.size === 0) this.restart()
        return
      }
      states.set(key, CACHED | (this.side ^ SECOND))
      this.passed.push(key)
    }
  }

  /** The hand goes from the front to the back. */
  private restart(): void {
    const { passed } = this
    this.passed = this.ahead
    this.ahead = passed
    this.side ^= SECOND
  }

  has(key: number): boolean {
    return this.states.get(key) !== ABSENT
  }

  remove(key: number): void {
    const isAhead = (this.states.get(key) & SECOND) === this.side
    this.states.set(key, ABSENT)
    if (isAhead) this.ahead.remove(key)
    else this.passed.remove(key)
    this.used -= this.weights.of(key)
  }

  queues(): Queue[] {
    const visited = (key: number) => ((this.states.get(key) & VISITED) !== 0 ? '1' : '0')
    const ahead = this.ahead
      .entries(visited)
      .map((entry, i) => (i === 0 ? { ...entry, mark: `${entry.mark} hand` } : entry))
    const entries = [...this.passed.entries(visited), ...ahead].reverse()
    return [{ name: 'newest first, with visited bits', entries }]
  }
}
