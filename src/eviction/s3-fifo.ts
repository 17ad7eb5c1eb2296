import { KeyLists } from './key-lists.js'
import { KeyQueue } from './key-queue.js'
import { KeyStates } from './key-states.js'
import type { EvictionPolicy, Queue } from './policy.js'

const ABSENT = 0
/** The state of a cached key is 1 + its number of hits, up to this limit. */
const CACHED = 1
const MAX_HITS = 3
/** Hits in the small queue after which a key goes to the main one. */
const PROMOTION = 2
const GHOST = 1

/**
 * S3-FIFO: three FIFO queues. New keys enter a small one of a tenth of the cache; those with two hits there
 * move to the main queue, the others become ghosts, and a ghost that is requested enters the main queue. The
 * main queue gives a key one more round for each hit. O(1) amortized; five bytes a key and nineteen a slot.
 *
 * Yang et al., "FIFO Queues are All You Need for Cache Eviction", SOSP 2023.
 */
export class S3Fifo implements EvictionPolicy {
  private readonly states: KeyStates
  private readonly small: KeyQueue
  private readonly main: KeyQueue
  private readonly ghosts: KeyLists
  private readonly smallLimit: number
  private readonly mainLimit: number

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.smallLimit = Math.max(1, Math.floor(capacity / 10))
    this.mainLimit = capacity - this.smallLimit
    const entries = Math.min(capacity, keyCount)
    this.states = new KeyStates(keyCount)
    this.small = new KeyQueue(entries)
    this.main = new KeyQueue(entries)
    this.ghosts = new KeyLists(keyCount, GHOST, this.mainLimit)
  }

  access(key: number): boolean {
    const { states, small, main, ghosts } = this
    const state = states.get(key)
    if (state !== ABSENT) {
      if (state < CACHED + MAX_HITS) states.set(key, state + 1)
      return true
    }
    const remembered = ghosts.listOf(key) === GHOST
    if (remembered) ghosts.remove(key)
    while (small.size + main.size >= this.capacity) this.evict()
    states.set(key, CACHED)
    if (remembered) main.push(key)
    else small.push(key)
    return false
  }

  private evict(): void {
    if (this.main.size > this.mainLimit) this.evictMain()
    else this.evictSmall()
  }

  /** Empties the small queue from its end until a key leaves it for the ghosts. */
  private evictSmall(): void {
    const { states, small, main, ghosts, mainLimit } = this
    while (small.size > 0) {
      const key = small.shift()
      if (states.get(key) < CACHED + PROMOTION || mainLimit === 0) {
        states.set(key, ABSENT)
        if (ghosts.sizes[GHOST] < mainLimit) ghosts.pushFront(GHOST, key)
        else if (mainLimit > 0) ghosts.replaceBack(GHOST, key)
        return
      }
      states.set(key, CACHED)
      main.push(key)
    }
  }

  private evictMain(): void {
    const { states, main } = this
    for (;;) {
      const key = main.shift()
      const state = states.get(key)
      states.set(key, state - 1)
      if (state === CACHED) return
      main.push(key)
    }
  }

  has(key: number): boolean {
    return this.states.get(key) !== ABSENT
  }

  queues(): Queue[] {
    const mark = (key: number) => String(this.states.get(key) - CACHED)
    return [
      { name: 'small, newest first, with hits', entries: this.small.entries(mark) },
      { name: 'main, newest first, with hits', entries: this.main.entries(mark) },
      { name: 'ghosts', ghost: true, entries: this.ghosts.entries(GHOST) },
    ]
  }
}
