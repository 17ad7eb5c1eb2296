import type { Entry } from './policy.js'

/**
 * Doubly linked lists of keys, of which every key is in one at most: the queues of a policy. The links are
 * typed arrays indexed by key, so every operation is O(1) and allocates nothing; nine bytes a key.
 *
 * Lists are numbered from 1; `where[key]` is the number of the key's list, 0 for none.
 */
export class KeyLists {
  readonly where: Uint8Array
  /** Keys in each list; sizes[0] is not used. */
  readonly sizes: Uint32Array
  private readonly next: Uint32Array
  private readonly previous: Uint32Array
  /** The place before each list's front and behind its back: one entry a list, behind those of the keys. */
  private readonly ends: number

  constructor(keyCount: number, lists: number) {
    this.where = new Uint8Array(keyCount)
    this.sizes = new Uint32Array(lists + 1)
    this.next = new Uint32Array(keyCount + lists)
    this.previous = new Uint32Array(keyCount + lists)
    this.ends = keyCount - 1
    for (let list = 1; list <= lists; list++) {
      this.next[this.ends + list] = this.ends + list
      this.previous[this.ends + list] = this.ends + list
    }
  }

  /** The key that was pushed to a list last. The list must not be empty. */
  front(list: number): number {
    return this.next[this.ends + list]
  }

  /** The key at the other end. The list must not be empty. */
  back(list: number): number {
    return this.previous[this.ends + list]
  }

  /** The key next to this one towards the front of its list, or -1 at the front. */
  towardsFront(key: number): number {
    const neighbour = this.previous[key]
    return neighbour > this.ends ? -1 : neighbour
  }

  /** Puts a key that is in no list at the front of one. */
  pushFront(list: number, key: number): void {
    const end = this.ends + list
    const first = this.next[end]
    this.next[key] = first
    this.previous[key] = end
    this.previous[first] = key
    this.next[end] = key
    this.where[key] = list
    this.sizes[list]++
  }

  /** Takes a key out of its list. */
  remove(key: number): void {
    const after = this.next[key]
    const before = this.previous[key]
    this.next[before] = after
    this.previous[after] = before
    this.sizes[this.where[key]]--
    this.where[key] = 0
  }

  /** Moves a key to the front of a list, its own or another. */
  moveToFront(list: number, key: number): void {
    if (this.next[this.ends + list] === key) return
    this.remove(key)
    this.pushFront(list, key)
  }

  /** A list from front to back. O(size). */
  entries(list: number, mark?: (key: number) => string): Entry[] {
    const entries: Entry[] = []
    const end = this.ends + list
    for (let key = this.next[end]; key !== end; key = this.next[key]) {
      entries.push(mark ? { key, mark: mark(key) } : { key })
    }
    return entries
  }
}
