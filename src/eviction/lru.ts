import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'

const CACHE = 1

/**
 * Least recently used: a hit moves the key to the front, a full cache drops the key at the back.
 * Every request is O(1); four bytes a key and thirteen a slot.
 *
 * Mattson et al., "Evaluation Techniques for Storage Hierarchies", IBM Systems Journal 9(2), 1970.
 */
export class Lru implements EvictionPolicy {
  private readonly lists: KeyLists

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.lists = new KeyLists(keyCount, 1, capacity)
  }

  access(key: number): boolean {
    const { lists } = this
    if (lists.listOf(key) === CACHE) {
      lists.moveToFront(CACHE, key)
      return true
    }
    if (lists.sizes[CACHE] === this.capacity) lists.replaceAt(CACHE, lists.backPlace(CACHE), key)
    else lists.pushFront(CACHE, key)
    return false
  }

  queues(): Queue[] {
    return [{ name: 'most recent first', entries: this.lists.entries(CACHE) }]
  }
}
