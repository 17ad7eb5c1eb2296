import { KeyQueue } from './key-queue.js'
import { KeyStates } from './key-states.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

const ABSENT = 0
const CACHED = 1
const REFERENCED = 2

/**
 * Clock or second chance: a hit sets the key's reference bit; the hand passes keys whose bit is set, clears
 * it, and evicts the first key whose bit is clear. Approximates LRU with one bit a key. The keys are a queue, the one
 * at the hand first; a key that the hand passes goes to its end. O(1) amortized; half a byte a key and four to eight
 * bytes a slot.
 *
 * Corbató, "A Paging Experiment with the Multics System", 1968.
 */
export class ClockPolicy implements EvictionPolicy {
  used = 0
  private readonly weights: Weights
  private readonly states: KeyStates
  private readonly queue = new KeyQueue()

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
    if (states.get(key) !== ABSENT) {
      states.set(key, REFERENCED)
      return true
    }
    while (this.used + size > this.capacity) this.evict()
    this.weights.set(key, size)
    states.set(key, CACHED)
    this.queue.push(key)
    this.used += size
    return false
  }

  private evict(): void {
    const { states, queue } = this
    let key = queue.shift()
    while (states.get(key) === REFERENCED) {
      states.set(key, CACHED)
      queue.push(key)
      key = queue.shift()
    }
    states.set(key, ABSENT)
    this.used -= this.weights.of(key)
  }

  has(key: number): boolean {
    return this.states.get(key) !== ABSENT
  }

  remove(key: number): void {
    this.states.set(key, ABSENT)
    this.queue.remove(key)
    this.used -= this.weights.of(key)
  }

  queues(): Queue[] {
    const mark = (key: number) => (this.states.get(key) === REFERENCED ? '1' : '0')
    return [{ name: 'from the hand on, with reference bits', entries: this.queue.entries(mark) }]
  }
}
