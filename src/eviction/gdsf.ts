import type { EvictionPolicy, Queue } from './policy.js'
import { PriorityHeap } from './priority-heap.js'
import { Weights } from './weights.js'

/**
 * Greedy-Dual-Size with Frequency: the key with the lowest priority leaves, which is L + uses ÷ size. L is the
 * priority of the key that left last, so that keys without uses age. Small objects stay longer, as more of them fit:
 * good for the hit ratio, bad for the byte hit ratio. O(log keys inside); thirty bytes a key.
 *
 * Cherkasova, "Improving WWW Proxies Performance with Greedy-Dual-Size-Frequency Caching Policy", HPL-98-69R1, 1998;
 * the cost of a miss is 1.
 */
export class Gdsf implements EvictionPolicy {
  used = 0
  private readonly weights: Weights
  private readonly heap: PriorityHeap
  private readonly uses: Uint32Array
  private age = 0

  constructor(
    readonly capacity: number,
    keyCount: number,
    sized = false,
  ) {
    this.weights = new Weights(keyCount, sized)
    this.heap = new PriorityHeap(keyCount)
    this.uses = new Uint32Array(keyCount)
  }

  access(key: number, size = 1): boolean {
    const { heap, uses } = this
    const hit = heap.has(key)
    if (!hit) {
      while (this.used + size > this.capacity) {
        this.age = heap.lowest
        this.remove(heap.first)
      }
      this.weights.set(key, size)
      this.used += size
      uses[key] = 0
    }
    heap.set(key, this.age + ++uses[key] / this.weights.of(key))
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
    const entries = this.heap
      .inOrder()
      .map(({ key, priority }) => ({ key, mark: String(Number(priority.toPrecision(3))) }))
    return [{ name: 'next to leave first, with priorities', entries }]
  }
}
