import { KeySet } from './key-set.js'
import { linkFirst, unlink } from './links.js'
import type { QueueEntry } from './policy.js'
import { Weights } from './weights.js'

/** The link before the front and behind the back. */
const END = 0

/**
 * A doubly linked list of keys: an order of use.
 *
 * Each key in the list has a place with two links side by side, towards the back and towards the front. There
 * are only as many places as the list can hold, and a bit a key says whether it is in it: for a large set of
 * keys and a small cache both stay near the processor. Every operation is O(1) and allocates nothing; four
 * bytes and a bit a key, twelve bytes a place.
 */
export class KeyList {
  /** What the keys in the list take up together. */
  weight = 0
  private readonly weights: Weights
  private readonly members: KeySet
  /** Where each key in the list has its links; of no meaning for other keys. */
  private readonly linkOf: Uint32Array
  private readonly links: Uint32Array
  private readonly keys: Uint32Array
  /** Places that were given back, chained by their links, 0 at the end; and the first that was never used. */
  private free = 0
  private unused = 2

  /** `entries` is the most keys that will be in the list at any time. */
  constructor(keyCount: number, entries: number, sized = false) {
    const places = Math.min(entries, keyCount) + 1
    this.weights = new Weights(keyCount, sized)
    this.members = new KeySet(keyCount)
    this.linkOf = new Uint32Array(keyCount)
    this.links = new Uint32Array(2 * places)
    this.keys = new Uint32Array(places)
  }

  has(key: number): boolean {
    return this.members.has(key)
  }

  /** Puts a key that isn't in the list at its front. */
  pushFront(key: number, size = 1): void {
    let at = this.free
    if (at === 0) {
      at = this.unused
      this.unused += 2
    } else {
      this.free = this.links[at]
    }
    this.enter(at, key, size)
  }

  private enter(at: number, key: number, size: number): void {
    this.weights.set(key, size)
    this.weight += size
    this.members.add(key)
    this.linkOf[key] = at
    this.keys[at >>> 1] = key
    linkFirst(this.links, END, at)
  }

  /** Moves a key that is in the list to its front. */
  moveToFront(key: number): void {
    const at = this.linkOf[key]
    unlink(this.links, at)
    linkFirst(this.links, END, at)
  }

  /** Takes keys out at the back until one of a size fits within a weight, and puts that one at the front. */
  replaceBack(key: number, size: number, most: number): void {
    let at = this.links[END + 1]
    let freed = this.weights.of(this.keys[at >>> 1])
    while (this.weight - freed + size > most) {
      this.release(at, this.keys[at >>> 1])
      at = this.links[END + 1]
      freed = this.weights.of(this.keys[at >>> 1])
    }
    // The newcomer gets the place of the last one that leaves.
    this.members.remove(this.keys[at >>> 1])
    this.weight -= freed
    unlink(this.links, at)
    this.enter(at, key, size)
  }

  /** Takes out a key that is in the list. */
  remove(key: number): void {
    this.release(this.linkOf[key], key)
  }

  private release(at: number, key: number): void {
    unlink(this.links, at)
    this.members.remove(key)
    this.weight -= this.weights.of(key)
    this.links[at] = this.free
    this.free = at
  }

  /** The keys from front to back. O(size). */
  entries(): QueueEntry[] {
    const entries: QueueEntry[] = []
    for (let at = this.links[END]; at !== END; at = this.links[at]) entries.push({ key: this.keys[at >>> 1] })
    return entries
  }
}
