import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'

const SMALL = 1
const MAIN = 2
const GHOST = 3
const MOST_HITS = 3
/** Hits in the small queue after which a key goes to the main one. */
const PROMOTION = 2

/**
 * S3-FIFO: three FIFO queues. New keys enter a small one of a tenth of the cache; those with two hits there
 * move to the main queue, the others become ghosts, and a ghost that is requested enters the main queue. The
 * main queue gives a key one more round for each hit. O(1) amortized; four bytes a key and
 * twenty-eight a slot.
 *
 * Yang et al., "FIFO Queues are All You Need for Cache Eviction", SOSP 2023.
 */
export class S3Fifo implements EvictionPolicy {
  private readonly lists: KeyLists
  private readonly hits: Uint8Array
  private readonly smallLimit: number
  private readonly mainLimit: number

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.lists = new KeyLists(keyCount, GHOST, 2 * capacity)
    this.hits = new Uint8Array(this.lists.places)
    this.smallLimit = Math.max(1, Math.floor(capacity / 10))
    this.mainLimit = capacity - this.smallLimit
  }

  access(key: number): boolean {
    const { lists, hits } = this
    const list = lists.listOf(key)
    if (list === SMALL || list === MAIN) {
      const place = lists.placeOf[key]
      if (hits[place] < MOST_HITS) hits[place]++
      return true
    }
    const remembered = list === GHOST
    if (remembered) lists.remove(key)
    while (lists.sizes[SMALL] + lists.sizes[MAIN] >= this.capacity) this.evict()
    lists.pushFront(remembered && this.mainLimit > 0 ? MAIN : SMALL, key)
    hits[lists.placeOf[key]] = 0
    return false
  }

  private evict(): void {
    const { sizes } = this.lists
    if (sizes[MAIN] > this.mainLimit || sizes[SMALL] === 0) this.evictMain()
    else this.evictSmall()
  }

  /** Empties the small queue from its end until a key leaves it for the ghosts. */
  private evictSmall(): void {
    const { lists, hits } = this
    while (lists.sizes[SMALL] > 0) {
      const place = lists.backPlace(SMALL)
      if (hits[place] < PROMOTION || this.mainLimit === 0) {
        lists.moveAt(GHOST, place)
        if (lists.sizes[GHOST] > this.mainLimit) lists.removeAt(lists.backPlace(GHOST))
        return
      }
      lists.moveAt(MAIN, place)
      hits[place] = 0
    }
  }

  private evictMain(): void {
    const { lists, hits } = this
    for (;;) {
      const place = lists.backPlace(MAIN)
      if (hits[place] === 0) {
        lists.removeAt(place)
        return
      }
      hits[place]--
      lists.moveAt(MAIN, place)
    }
  }

  queues(): Queue[] {
    const mark = (key: number) => String(this.hits[this.lists.placeOf[key]])
    return [
      { name: 'small, newest first, with hits', entries: this.lists.entries(SMALL, mark) },
      { name: 'main, newest first, with hits', entries: this.lists.entries(MAIN, mark) },
      { name: 'ghosts', ghost: true, entries: this.lists.entries(GHOST) },
    ]
  }
}
