import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'

const CACHE = 1
const NOWHERE = 0

/**
 * SIEVE: new keys enter at the front and never move; a hit sets a bit. The hand walks from back to front,
 * clears set bits, evicts the first key whose bit is clear, and stays there: so new keys without a hit go
 * quickly and popular ones stay behind the hand. O(1) amortized; four bytes a key and fourteen
 * a slot.
 *
 * Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024.
 */
export class Sieve implements EvictionPolicy {
  private readonly lists: KeyLists
  private readonly visited: Uint8Array
  /** The place that the hand will look at next. */
  private hand = NOWHERE

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.lists = new KeyLists(keyCount, 1, capacity)
    this.visited = new Uint8Array(this.lists.places)
  }

  access(key: number): boolean {
    const { lists, visited } = this
    const place = lists.placeOf[key]
    if (place !== 0) {
      visited[place] = 1
      return true
    }
    if (lists.sizes[CACHE] === this.capacity) lists.replaceAt(CACHE, this.victim(), key)
    else lists.pushFront(CACHE, key)
    return false
  }

  /** The place of the key that leaves. Its bit is clear, as the newcomer's there must be. */
  private victim(): number {
    const { lists, visited } = this
    let place = this.hand === NOWHERE ? lists.backPlace(CACHE) : this.hand
    while (visited[place] === 1) {
      visited[place] = 0
      place = lists.towardsFront(place)
      if (place === NOWHERE) place = lists.backPlace(CACHE)
    }
    this.hand = lists.towardsFront(place)
    return place
  }

  queues(): Queue[] {
    const mark = (key: number) => {
      const place = this.lists.placeOf[key]
      return `${this.visited[place]}${place === this.hand ? ' hand' : ''}`
    }
    return [{ name: 'newest first, with visited bits', entries: this.lists.entries(CACHE, mark) }]
  }
}
