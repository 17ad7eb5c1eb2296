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
    sized = false,
  ) {
    this.order = new KeyList(keyCount, capacity, sized)
  }

  access(key: number, size = 1): boolean {
    const { order } = this
    if (order.has(key)) {
      order.moveToFront(key)
      return true
    }
    if (order.weight + size > this.capacity) order.replaceBack(key, size, this.capacity)
    else order.pushFront(key, size)
    return false
  }

  get used(): number {
    return this.order.weight
  }

  has(key: number): boolean {
    return this.order.has(key)
  }

  remove(key: number): void {
    this.order.remove(key)
  }

  queues(): Queue[] {
    return [{ name: 'most recent first', entries: this.order.entries() }]
  }
}
