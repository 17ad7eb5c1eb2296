import { KeyLists } from './key-lists.js'
import { KeyQueue } from './key-queue.js'
import { KeyStates } from './key-states.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

const ABSENT = 0
/** The state of a cached key is 1 + its number of hits, up to this limit, and MAIN if it is in the main queue. */
const CACHED = 1
const MAX_HITS = 3
const MAIN = 8
/** Hits in the small queue after which a key goes to the main one. */
const PROMOTION = 2
const GHOST = 1

/**
 * S3-FIFO: three FIFO queues. New keys enter a small one of a tenth of the cache; those with two hits there
 * move to the main queue, the others become ghosts, and a ghost that is requested enters the main queue. The
 * main queue gives a key one more round for each hit. O(1) amortized; five bytes a key and twenty a slot.
 *
 * Yang et al., "FIFO Queues are All You Need for Cache Eviction", SOSP 2023.
 */
export class S3Fifo implements EvictionPolicy {
  private readonly weights: Weights
  private readonly states: KeyStates
  private readonly small = new KeyQueue()
  private readonly main = new KeyQueue()
  /** What the keys take up, all and in the main queue. */
  used = 0
  private mainUsed = 0
  private readonly ghosts: KeyLists
  private readonly mainLimit: number

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.mainLimit = capacity - Math.max(1, Math.floor(capacity / 10))
    this.weights = new Weights(keyCount, sized)
    this.states = new KeyStates(keyCount)
    this.ghosts = new KeyLists(keyCount, GHOST, this.mainLimit, this.weights)
  }

  access(key: number, size = 1): boolean {
    const { states, ghosts } = this
    const state = states.get(key)
    if (state !== ABSENT) {
      if ((state & ~MAIN) < CACHED + MAX_HITS) states.set(key, state + 1)
      return true
    }
    const remembered = ghosts.listOf(key) === GHOST
    if (remembered) ghosts.remove(key)
    while (this.used + size > this.capacity) this.evict()
    this.weights.set(key, size)
    this.used += size
    if (remembered) this.enterMain(key)
    else {
      states.set(key, CACHED)
      this.small.push(key)
    }
    return false
  }

  private enterMain(key: number): void {
    this.states.set(key, CACHED | MAIN)
    this.main.push(key)
    this.mainUsed += this.weights.of(key)
  }

  private evict(): void {
    if (this.mainUsed > this.mainLimit || this.small.size === 0) this.evictMain()
    else this.evictSmall()
  }

  /** Empties the small queue from its end until a key leaves it for the ghosts. */
  private evictSmall(): void {
    const { states, small, mainLimit } = this
    while (small.size > 0) {
      const key = small.shift()
      if (states.get(key) < CACHED + PROMOTION || mainLimit === 0) {
        states.set(key, ABSENT)
        this.used -= this.weights.of(key)
        this.remember(key)
        return
      }
      this.enterMain(key)
    }
  }

  private remember(key: number): void {
    const { ghosts, mainLimit } = this
    const weight = this.weights.of(key)
    if (weight > mainLimit) return
    while (ghosts.sizes[GHOST] + weight > mainLimit) ghosts.removeBack(GHOST)
    ghosts.pushFront(GHOST, key)
  }

  private evictMain(): void {
    const { states, main } = this
    for (;;) {
      const key = main.shift()
      const state = states.get(key)
      if (state === (CACHED | MAIN)) {
        states.set(key, ABSENT)
        this.used -= this.weights.of(key)
        this.mainUsed -= this.weights.of(key)
        return
      }
      states.set(key, state - 1)
      main.push(key)
    }
  }

  has(key: number): boolean {
    return this.states.get(key) !== ABSENT
  }

  remove(key: number): void {
    const weight = this.weights.of(key)
    this.used -= weight
    if ((this.states.get(key) & MAIN) === 0) this.small.remove(key)
    else {
      this.main.remove(key)
      this.mainUsed -= weight
    }
    this.states.set(key, ABSENT)
  }

  queues(): Queue[] {
    const mark = (key: number) => String((this.states.get(key) & ~MAIN) - CACHED)
    return [
      { name: 'small, newest first, with hits', entries: this.small.entries(mark).reverse() },
      { name: 'main, newest first, with hits', entries: this.main.entries(mark).reverse() },
      { name: 'ghosts', ghost: true, entries: this.ghosts.entries(GHOST) },
    ]
  }
}
