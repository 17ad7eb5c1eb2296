import { KeyStates } from './key-states.js'
import { linkFirst, unlink } from './links.js'
import type { QueueEntry } from './policy.js'
import type { Weights } from './weights.js'

/**
 * Doubly linked lists of keys, each key in at most one: the queues of a policy.
 *
 * A key in a list has a place, with two links in one typed array: towards the back, and after it towards the
 * front. There are only as many places as the lists can hold, so for a large set of keys and a small cache the
 * links stay near the processor. So does what tells a hit from a miss, the number of the key's list. Every
 * operation is O(1) and allocates nothing; four and a half bytes a key and twelve a place.
 *
 * Lists are numbered from 1 to at most 15; `listOf(key)` is the number of the key's list, 0 for none.
 */
export class KeyLists {
  /** Number of places, including the lists' ends: the length of an array with one element a place. */
  readonly places: number
  /** What the keys of each list take up together; sizes[0] is not used. */
  readonly sizes: Float64Array
  private readonly list: KeyStates
  /** Where each key in a list has its links, which is twice its place; of no meaning for other keys. */
  private readonly linkOf: Uint32Array
  private readonly links: Uint32Array
  private readonly keys: Uint32Array
  /** Places that were given back, chained by their links, 0 at the end; and the first that was never used. */
  private free = 0
  private unused: number

  /** `entries` is the most keys that will be in lists at any time. */
  constructor(
    keyCount: number,
    lists: number,
    entries: number,
    private readonly weights: Weights,
  ) {
    // Places 1 … lists are the ends: before a list's front and behind its back.
    this.places = Math.min(entries, keyCount) + lists + 1
    this.sizes = new Float64Array(lists + 1)
    this.list = new KeyStates(keyCount)
    this.linkOf = new Uint32Array(keyCount)
    this.links = new Uint32Array(2 * this.places)
    this.keys = new Uint32Array(this.places)
    for (let end = 2; end <= 2 * lists; end += 2) {
      this.links[end] = end
      this.links[end + 1] = end
    }
    this.unused = 2 * lists + 2
  }

  listOf(key: number): number {
    return this.list.get(key)
  }

  /** The place of a key in a list, for policies that keep something beside it: 0 … places − 1. */
  placeOf(key: number): number {
    return this.linkOf[key] >>> 1
  }

  /** The key at a place that isn't free. */
  keyAt(place: number): number {
    return this.keys[place]
  }

  /** The key at the back of a list, which must not be empty. */
  back(list: number): number {
    return this.keys[this.links[2 * list + 1] >>> 1]
  }

  /** The next key of the list towards its front, of a key that isn't there. */
  towardsFront(key: number): number {
    return this.keys[this.links[this.linkOf[key] + 1] >>> 1]
  }

  /** Puts a key that is in no list at the front of one. */
  pushFront(list: number, key: number): void {
    let at = this.free
    if (at === 0) {
      at = this.unused
      this.unused += 2
    } else {
      this.free = this.links[at]
    }
    this.keys[at >>> 1] = key
    this.linkOf[key] = at
    linkFirst(this.links, 2 * list, at)
    this.list.set(key, list)
    this.sizes[list] += this.weights.of(key)
  }

  /** Takes a key out of its list. */
  remove(key: number): void {
    this.release(this.list.get(key), this.linkOf[key], key)
  }

  /** Takes out the key at the back of a list. */
  removeBack(list: number): void {
    const at = this.links[2 * list + 1]
    this.release(list, at, this.keys[at >>> 1])
  }

  /** Moves a key that is in a list to its front. */
  touch(list: number, key: number): void {
    this.toFront(2 * list, this.linkOf[key])
  }

  /** Moves a key from a list to the front of another. */
  move(from: number, to: number, key: number): void {
    this.transfer(from, to, this.linkOf[key], key)
  }

  /** Moves the key at the back of a list to the front of another. */
  moveBack(from: number, to: number): void {
    const at = this.links[2 * from + 1]
    this.transfer(from, to, at, this.keys[at >>> 1])
  }

  /** Moves the key at the back of a list to the back of another. */
  moveBackToBack(from: number, to: number): void {
    const at = this.links[2 * from + 1]
    const key = this.keys[at >>> 1]
    unlink(this.links, at)
    // Behind the last one, which is the list's end if there is none.
    linkFirst(this.links, this.links[2 * to + 1], at)
    this.relist(from, to, key)
  }

  private release(list: number, at: number, key: number): void {
    unlink(this.links, at)
    this.sizes[list] -= this.weights.of(key)
    this.list.set(key, 0)
    this.links[at] = this.free
    this.free = at
  }

  private transfer(from: number, to: number, at: number, key: number): void {
    this.toFront(2 * to, at)
    this.relist(from, to, key)
  }

  private relist(from: number, to: number, key: number): void {
    this.list.set(key, to)
    const weight = this.weights.of(key)
    this.sizes[from] -= weight
    this.sizes[to] += weight
  }

  private toFront(end: number, at: number): void {
    unlink(this.links, at)
    linkFirst(this.links, end, at)
  }

  /** A list from front to back. O(size). */
  entries(list: number, mark?: (key: number) => string): QueueEntry[] {
    const entries: QueueEntry[] = []
    for (let at = this.links[2 * list]; at !== 2 * list; at = this.links[at]) {
      const key = this.keys[at >>> 1]
      entries.push(mark ? { key, mark: mark(key) } : { key })
    }
    return entries
  }
}
