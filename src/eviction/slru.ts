import { KeyLists } from './key-lists.js'
import type { EvictionPolicy, Queue } from './policy.js'
import { Weights } from './weights.js'

const SEGMENTS = 4

/**
 * Segmented LRU: four LRU lists of a quarter each. A key enters the lowest, and each hit lifts it by one; a
 * list that overflows hands its last key down. A key must be used again to be protected from keys that are used once.
 * O(1), up to four moves a request; four and a half bytes a key and twelve a slot.
 *
 * Karedla, Love and Wherry, "Caching Strategies to Improve Disk System Performance", IEEE Computer 27(3),
 * 1994; with four segments as in Huang et al., "An Analysis of Facebook Photo Caching", SOSP 2013.
 */
export class Slru implements EvictionPolicy {
  used = 0
  private readonly weights: Weights
  private readonly lists: KeyLists
  private readonly limits: number[]

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.lists = new KeyLists(keyCount, SEGMENTS, capacity, this.weights)
    // Whole numbers that add up to the capacity; what doesn't divide goes to the lowest segments.
    this.limits = Array.from({ length: SEGMENTS + 1 }, (_, segment) =>
      segment === 0 ? 0 : Math.floor((capacity + SEGMENTS - segment) / SEGMENTS),
    )
  }

  access(key: number, size = 1): boolean {
    const segment = this.lists.listOf(key)
    if (segment !== 0) {
      this.lift(key, segment)
      return true
    }
    while (this.used + size > this.capacity) this.evict()
    this.weights.set(key, size)
    this.lists.pushFront(this.lowestWithRoom(size), key)
    this.used += size
    return false
  }

  private lift(key: number, segment: number): void {
    const { lists, limits } = this
    const above = segment + 1
    if (segment === SEGMENTS || this.weights.of(key) > limits[above]) {
      lists.touch(segment, key)
      return
    }
    lists.move(segment, above, key)
    for (let full = above; full > 1; full--) {
      while (lists.sizes[full] > limits[full]) lists.moveBack(full, full - 1)
    }
  }

  /** While the cache fills, keys go where there is room; afterwards there is room in the lowest only. */
  private lowestWithRoom(size: number): number {
    for (let segment = 1; segment <= SEGMENTS; segment++) {
      if (this.lists.sizes[segment] + size <= this.limits[segment]) return segment
    }
    return 1
  }

  private evict(): void {
    let lowest = 1
    while (this.lists.sizes[lowest] === 0) lowest++
    this.used -= this.weights.of(this.lists.back(lowest))
    this.lists.removeBack(lowest)
  }

  remove(key: number): void {
    this.used -= this.weights.of(key)
    this.lists.remove(key)
  }

  has(key: number): boolean {
    return this.lists.listOf(key) !== 0
  }

  queues(): Queue[] {
    return Array.from({ length: SEGMENTS }, (_, i) => ({
      name: `segment ${SEGMENTS - i}`,
      entries: this.lists.entries(SEGMENTS - i),
    }))
  }
}
