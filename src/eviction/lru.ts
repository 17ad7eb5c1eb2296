import { KeyList } from './key-list.js'
import type { EvictionPolicy, Queue } from './policy.js'

/**
 * Least recently used: a hit moves the key to the front, a full cache drops the key at the back.
 * Every request is O(1); four bytes a key and twelve a slot.
 *
 * Mattson et al., "Evaluation Techniques for Storage Hierarchies", IBM Systems Journal 9(2), 1970.
 */
export class Lru implements EvictionPolicy {
  private readonly order: KeyList

  constructor(
    readonly capacity: number,
    keyCount: number,
  ) {
    this.order = new KeyList(keyCount, capacity)
  }

  access(key: number): boolean {
    const { order } = this
    if (order.has(key)) {
      order.moveToFront(key)
      return true
    }
    if (order.size === this.capacity) order.replaceBack(key)
    else order.pushFront(key)
    return false
  }

  has(key: number): boolean {
    return this.order.has(key)
  }

  queues(): Queue[] {
    return [{ name: 'most recent first', entries: this.order.entries() }]
  }
}
