import type { Entry } from './policy.js'

/**
 * Doubly linked lists of keys, of which every key is in one at most: the queues of a policy.
 *
 * A key in a list has a place, and the links are typed arrays indexed by place. There are only as many places
 * as the lists can hold, so for a large set of keys and a small cache all links stay near the processor and a
 * request costs one access to far memory, the key's place. Every operation is O(1) and allocates nothing; four
 * bytes a key and thirteen a place.
 *
 * Lists are numbered from 1; `listOf(key)` is the number of the key's list, 0 for none.
 */
export class KeyLists {
  /** The place of each key, 0 for none: for policies that keep something beside the links. */
  readonly placeOf: Uint32Array
  /** How many places there are, with those of the lists' ends: what such an array must hold. */
  readonly places: number
  /** Keys in each list; sizes[0] is not used. */
  readonly sizes: Uint32Array
  private readonly list: Uint8Array
  private readonly key: Uint32Array
  private readonly next: Uint32Array
  private readonly previous: Uint32Array
  private readonly lists: number
  /** Places that were given back, chained by `next`, 0 at the end; and the first that was never used. */
  private free = 0
  private unused: number

  /** `entries` is the most keys that will be in lists at any time. */
  constructor(keyCount: number, lists: number, entries: number) {
    // Places 1 … lists are the ends: before a list's front and behind its back.
    this.places = Math.min(entries, keyCount) + lists + 1
    this.placeOf = new Uint32Array(keyCount)
    this.sizes = new Uint32Array(lists + 1)
    this.list = new Uint8Array(this.places)
    this.key = new Uint32Array(this.places)
    this.next = new Uint32Array(this.places)
    this.previous = new Uint32Array(this.places)
    for (let end = 1; end <= lists; end++) {
      this.next[end] = end
      this.previous[end] = end
    }
    this.lists = lists
    this.unused = lists + 1
  }

  listOf(key: number): number {
    return this.list[this.placeOf[key]]
  }

  /** The key that was pushed to a list, or moved to its front, longest ago. The list must not be empty. */
  back(list: number): number {
    return this.key[this.previous[list]]
  }

  /** The place of that key. */
  backPlace(list: number): number {
    return this.previous[list]
  }

  /** The place next to this one towards the front of its list, or 0 at the front. */
  towardsFront(place: number): number {
    const neighbour = this.previous[place]
    return neighbour <= this.lists ? 0 : neighbour
  }

  /** Puts a key that is in no list at the front of one. */
  pushFront(list: number, key: number): void {
    const { next, previous } = this
    let place = this.free
    if (place === 0) place = this.unused++
    else this.free = next[place]
    const first = next[list]
    next[place] = first
    previous[place] = list
    previous[first] = place
    next[list] = place
    this.placeOf[key] = place
    this.key[place] = key
    this.list[place] = list
    this.sizes[list]++
  }

  /** Takes a key out of its list. */
  remove(key: number): void {
    this.removeAt(this.placeOf[key])
  }

  /** The same by its place. */
  removeAt(place: number): void {
    const { next, previous } = this
    const after = next[place]
    const before = previous[place]
    next[before] = after
    previous[after] = before
    this.sizes[this.list[place]]--
    this.list[place] = 0
    this.placeOf[this.key[place]] = 0
    next[place] = this.free
    this.free = place
  }

  /** Takes the key at a place out of a list and puts one that is in none at the front of it, in its place. */
  replaceAt(list: number, place: number, key: number): void {
    this.moveAt(list, place)
    this.placeOf[this.key[place]] = 0
    this.placeOf[key] = place
    this.key[place] = key
  }

  /** Moves a key that is in a list to the front of one, its own or another. */
  moveToFront(list: number, key: number): void {
    this.moveAt(list, this.placeOf[key])
  }

  /** The same by its place. */
  moveAt(list: number, place: number): void {
    const { next, previous } = this
    const first = next[list]
    if (first === place) return
    const after = next[place]
    const before = previous[place]
    next[before] = after
    previous[after] = before
    next[place] = first
    previous[place] = list
    previous[first] = place
    next[list] = place
    const from = this.list[place]
    if (from === list) return
    this.list[place] = list
    this.sizes[from]--
    this.sizes[list]++
  }

  /** A list from front to back. O(size). */
  entries(list: number, mark?: (key: number) => string): Entry[] {
    const entries: Entry[] = []
    for (let place = this.next[list]; place !== list; place = this.next[place]) {
      const key = this.key[place]
      entries.push(mark ? { key, mark: mark(key) } : { key })
    }
    return entries
  }
}
