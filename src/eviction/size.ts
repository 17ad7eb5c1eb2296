import type { EvictionPolicy, Queue } from './policy.js'
import { PriorityHeap } from './priority-heap.js'
import { Weights } from './weights.js'

/**
 * Size: the largest object leaves, and of several the least recently used. O(log keys inside); thirty bytes a key.
 *
 * Williams et al., "Removal Policies in Network Caches for World-Wide Web Documents", SIGCOMM 1996.
 */
export class SizePolicy implements EvictionPolicy {
  used = 0
  private readonly weights: Weights
  private readonly heap: PriorityHeap

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.heap = new PriorityHeap(keyCount)
  }

  access(key: number, size = 1): boolean {
    const { heap, weights } = this
    const hit = heap.has(key)
    if (!hit) {
      while (this.used + size > this.capacity) this.remove(heap.first)
      weights.set(key, size)
      this.used += size
    }
    heap.set(key, -weights.of(key))
    return hit
  }

  has(key: number): boolean {
    return this.heap.has(key)
  }

  remove(key: number): void {
    this.heap.remove(key)
    this.used -= this.weights.of(key)
  }

  queues(): Queue[] {
    const entries = this.heap.inOrder().map(({ key, priority }) => ({ key, mark: String(-priority) }))
    return [{ name: 'next to leave first, with sizes', entries }]
  }
}
