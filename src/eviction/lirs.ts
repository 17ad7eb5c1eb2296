import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'

const STACK = 1
/** Resident HIR keys, and ghosts in the order in which they left. */
const QUEUE = 1
const GHOSTS = 2
/** The stack holds at most so many entries a slot of the cache; beyond that the oldest ghosts are forgotten. */
const STACK_LIMIT = 2

/** What a key is: nobody, a resident of low or high inter-reference recency, or a ghost in the stack. */
const UNKNOWN = 0
const LIR = 1
const HIR = 2
const GHOST = 3
const NAMES = ['', 'LIR', 'HIR', 'ghost']

/**
 * LIRS: what counts is the distance between a key's last two requests, not the time since the last. A stack
 * orders keys by recency; its last key is always LIR, safe. The few HIR keys, 1 % of the cache, leave in turn;
 * one that is requested while it is in the stack has a shorter distance than the last LIR key, and they swap.
 * The stack is cut off at two entries a slot. O(1) amortized; nine bytes a key and some
 * fifty a slot.
 *
 * Jiang and Zhang, "LIRS: An Efficient Low Inter-reference Recency Set Replacement Policy", SIGMETRICS 2002.
 */
export class Lirs implements EvictionPolicy {
  private readonly state: Uint8Array
  private readonly stack: KeyLists
  private readonly queue: KeyLists
  private readonly lirLimit: number
  private lirs = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.state = new Uint8Array(keyCount)
    // One more than the limit, which is checked after each request, and a demoted key on its way.
    const entries = STACK_LIMIT * capacity + 2
    this.stack = new KeyLists(keyCount, 1, entries)
    this.queue = new KeyLists(keyCount, GHOSTS, entries)
    this.lirLimit = capacity - Math.max(1, Math.floor(capacity / 100))
  }

  access(key: number): boolean {
    const { state } = this
    switch (state[key]) {
      case LIR:
        this.stack.moveToFront(STACK, key)
        this.prune()
        return true
      case HIR:
        this.queue.remove(key)
        this.admit(key)
        return true
      default:
        if (state[key] === GHOST) this.queue.remove(key)
        if (this.lirs + this.queue.sizes[QUEUE] === this.capacity) this.evict()
        this.admit(key)
        return false
    }
  }

  /** Puts a key on top of the stack: as LIR if it was in it or there is still room, else as HIR. */
  private admit(key: number): void {
    const { stack, queue, state } = this
    const known = stack.listOf(key) === STACK
    if (known) stack.moveToFront(STACK, key)
    else stack.pushFront(STACK, key)
    if (this.lirs < this.lirLimit) {
      state[key] = LIR
      this.lirs++
    } else if (known && this.lirLimit > 0) {
      state[key] = LIR
      this.demote(stack.back(STACK))
    } else {
      state[key] = HIR
      queue.pushFront(QUEUE, key)
    }
    this.prune()
    if (stack.sizes[STACK] > STACK_LIMIT * this.capacity && queue.sizes[GHOSTS] > 0) {
      const oldest = queue.back(GHOSTS)
      stack.remove(oldest)
      this.forget(oldest)
    }
  }

  /** The last LIR key becomes HIR and queues up. */
  private demote(key: number): void {
    this.stack.remove(key)
    this.state[key] = HIR
    this.queue.pushFront(QUEUE, key)
  }

  private evict(): void {
    const key = this.queue.back(QUEUE)
    if (this.stack.listOf(key) === STACK) {
      this.queue.moveToFront(GHOSTS, key)
      this.state[key] = GHOST
    } else {
      this.queue.remove(key)
      this.state[key] = UNKNOWN
    }
  }

  /** Takes keys off the bottom of the stack until it is LIR: the others' distances can't beat a LIR key's. */
  private prune(): void {
    const { stack, state } = this
    while (stack.sizes[STACK] > 0) {
      const key = stack.back(STACK)
      if (state[key] === LIR) return
      stack.remove(key)
      if (state[key] === GHOST) this.forget(key)
    }
  }

  private forget(ghost: number): void {
    this.queue.remove(ghost)
    this.state[ghost] = UNKNOWN
  }

  queues(): Queue[] {
    return [
      {
        name: 'stack S, most recent first',
        entries: this.stack.entries(STACK, (key) => NAMES[this.state[key]]),
      },
      { name: 'queue Q of HIR keys, newest first', entries: this.queue.entries(QUEUE) },
    ]
  }
}
