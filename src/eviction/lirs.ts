import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

/** A key in the stack and in no queue is LIR. */
const STACK = 1
/** Resident HIR keys, in the stack or not; and ghosts in the order in which they left, always in it. */
const QUEUE = 1
const GHOSTS = 2
/** Most stack entries a slot of the cache; beyond that the oldest ghosts are dropped. */
const STACK_LIMIT = 2

const NAMES = ['LIR', 'HIR', 'ghost']

/**
 * LIRS: ranks keys by the distance between their last two requests, not the time since the last. A stack
 * orders keys by recency; its last key is always LIR. LIR keys are not evicted. HIR keys, 1 % of the cache, leave in FIFO order;
 * one that is requested while it is in the stack has a shorter distance than the last LIR key, and they swap.
 * The stack is cut off at two entries a slot. O(1) amortized; nine bytes a key and
 * forty-eight a slot.
 *
 * Jiang and Zhang, "LIRS: An Efficient Low Inter-reference Recency Set Replacement Policy", SIGMETRICS 2002.
 */
export class Lirs implements EvictionPolicy {
  private readonly weights: Weights
  private readonly stack: KeyLists
  private readonly queue: KeyLists
  private readonly lirLimit: number
  /** What the LIR keys take up. */
  private lirs = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    // One more than the limit, which is checked after each request, and a demoted key on its way.
    const entries = STACK_LIMIT * capacity + 2
    this.weights = new Weights(keyCount, sized)
    this.stack = new KeyLists(keyCount, 1, entries, this.weights)
    this.queue = new KeyLists(keyCount, GHOSTS, entries, this.weights)
    this.lirLimit = capacity - Math.max(1, Math.floor(capacity / 100))
  }

  access(key: number, size = 1): boolean {
    const { stack, queue } = this
    const list = queue.listOf(key)
    const known = stack.listOf(key) === STACK
    if (list === 0 && known) {
      stack.touch(STACK, key)
      this.prune()
      return true
    }
    if (list !== 0) queue.remove(key)
    if (known) stack.remove(key)
    if (list !== QUEUE) {
      while (this.used + size > this.capacity) this.evict()
      this.weights.set(key, size)
    }
    this.admit(key, known)
    return list === QUEUE
  }

  /** Puts a key on top of the stack: as LIR if it was in it or there is still room, else as HIR. */
  private admit(key: number, known: boolean): void {
    const { stack, queue, lirLimit } = this
    const weight = this.weights.of(key)
    stack.pushFront(STACK, key)
    if (known || this.lirs + weight <= lirLimit) {
      this.lirs += weight
      while (this.lirs > lirLimit) this.demote()
    } else queue.pushFront(QUEUE, key)
    this.prune()
    while (queue.sizes[GHOSTS] > 0 && stack.sizes[STACK] > STACK_LIMIT * this.capacity) {
      stack.remove(queue.back(GHOSTS))
      queue.removeBack(GHOSTS)
    }
  }

  /** The last LIR key becomes HIR and queues up. */
  private demote(): void {
    const key = this.stack.back(STACK)
    this.lirs -= this.weights.of(key)
    this.stack.removeBack(STACK)
    this.queue.pushFront(QUEUE, key)
    this.prune()
  }

  /** The first HIR key leaves, and becomes a ghost if it is in the stack. */
  private evict(): void {
    const { queue } = this
    if (queue.sizes[QUEUE] === 0) this.demote()
    if (this.stack.listOf(queue.back(QUEUE)) === STACK) queue.moveBack(QUEUE, GHOSTS)
    else queue.removeBack(QUEUE)
  }

  get used(): number {
    return this.lirs + this.queue.sizes[QUEUE]
  }

  remove(key: number): void {
    const { stack, queue } = this
    if (queue.listOf(key) === QUEUE) queue.remove(key)
    else this.lirs -= this.weights.of(key)
    if (stack.listOf(key) === STACK) stack.remove(key)
    this.prune()
  }

  /** Takes keys off the bottom of the stack until it is LIR: the others' distances can't beat a LIR key's. */
  private prune(): void {
    const { stack, queue } = this
    while (stack.sizes[STACK] > 0) {
      const key = stack.back(STACK)
      const list = queue.listOf(key)
      if (list === 0) return
      stack.removeBack(STACK)
      if (list === GHOSTS) queue.remove(key)
    }
  }

  has(key: number): boolean {
    const list = this.queue.listOf(key)
    return list === QUEUE || (list === 0 && this.stack.listOf(key) === STACK)
  }

  queues(): Queue[] {
    return [
      {
        name: 'stack S, most recent first',
        entries: this.stack.entries(STACK, (key) => NAMES[this.queue.listOf(key)]),
      },
      { name: 'queue Q of HIR keys, newest first', entries: this.queue.entries(QUEUE) },
    ]
  }
}
