import { KeyStates } from './key-states.js'
import { NEVER, nextRequests } from './next-requests.js'
import type { EvictionPolicy, Queue, QueueEntry } from './policy.js'
import { TimeSet } from './time-set.js'
import { Weights } from './weights.js'

const ABSENT = 0
const CACHED = 1

/**
 * Belady's optimum: the key whose next request is furthest away leaves, which requires all future
 * requests. It is an upper bound for the other policies where all keys take up the same, and a heuristic where they
 * have sizes. Every missed key is admitted.
 *
 * A set holds the times of the next requests of cached keys; the trace itself says which key a time belongs to.
 * Times that have passed stay in it, as they are less than all others and never come up. O(log₃₂ requests);
 * eight bytes a request for the trace and its next requests, half a byte a key.
 *
 * Belady, "A Study of Replacement Algorithms for a Virtual-Storage Computer", IBM Systems Journal 5(2), 1966.
 */
export class Opt implements EvictionPolicy {
  used = 0
  private now = 0
  private readonly weights: Weights
  private readonly states: KeyStates
  private readonly next: Uint32Array
  private readonly due: TimeSet
  /** Cached keys that are never requested again: they leave first. */
  private readonly done: number[] = []

  /** `requests` are those that `access` will be called with, in this order. */
  constructor(
    readonly capacity: number,
    keyCount: number,
    private readonly requests: Uint32Array,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.states = new KeyStates(keyCount)
    this.next = nextRequests(requests, keyCount)
    this.due = new TimeSet(requests.length)
  }

  access(key: number, size = 1): boolean {
    const hit = this.states.get(key) === CACHED
    const due = this.next[this.now++]
    if (!hit) {
      while (this.used + size > this.capacity) this.evict()
      this.weights.set(key, size)
      this.used += size
      this.states.set(key, CACHED)
    }
    if (due === NEVER) this.done.push(key)
    else this.due.add(due)
    return hit
  }

  skip(): void {
    this.now++
  }

  private evict(): void {
    const key = this.victim()
    // A key that was removed is still in the set.
    if (this.has(key)) this.remove(key)
  }

  private victim(): number {
    const done = this.done.pop()
    if (done !== undefined) return done
    const furthest = this.due.greatest()
    this.due.remove(furthest)
    return this.requests[furthest]
  }

  remove(key: number): void {
    this.states.set(key, ABSENT)
    this.used -= this.weights.of(key)
  }

  has(key: number): boolean {
    return this.states.get(key) !== ABSENT
  }

  queues(): Queue[] {
    const { now, requests } = this
    const entries: QueueEntry[] = this.done
      .filter((key) => this.has(key))
      .map((key) => ({ key, mark: 'never' }))
      .reverse()
    for (let time = requests.length - 1; time >= now; time--) {
      if (this.due.has(time) && this.has(requests[time]))
        entries.push({ key: requests[time], mark: `in ${time - now + 1}` })
    }
    return [{ name: 'furthest next request first', entries }]
  }
}
