import type { EvictionPolicy, Queue } from './policy.js'

const NEVER = 0xffffffff

/**
 * Belady's optimum: the key whose next request is furthest away leaves, which needs the whole future and is
 * therefore a ceiling and no policy to use. Every missed key is admitted, as by the others.
 *
 * A heap holds the times of the next requests; the trace itself says which key a time belongs to. Entries
 * whose time has passed sink to its bottom and are swept out when the heap is full of them. O(log capacity)
 * amortized; eight bytes a request for the trace and its next requests, four a key.
 *
 * Belady, "A Study of Replacement Algorithms for a Virtual-Storage Computer", IBM Systems Journal 5(2), 1966.
 */
export class Opt implements EvictionPolicy {
  private now = 0
  private size = 0
  private readonly next: Uint32Array
  /** Time of the next request of each cached key; 0 for a key that isn't cached. */
  private readonly due: Uint32Array
  /** Cached keys that are never requested again: they leave first. */
  private readonly done: number[] = []
  private readonly heap: Uint32Array
  private heapSize = 0

  /** `requests` are those that `access` will be called with, in this order. */
  constructor(
    readonly capacity: number,
    keyCount: number,
    private readonly requests: Uint32Array,
  ) {
    this.next = nextRequests(requests, keyCount)
    this.due = new Uint32Array(keyCount)
    this.heap = new Uint32Array(4 * Math.min(capacity, keyCount) + 4)
  }

  access(key: number): boolean {
    const hit = this.due[key] !== 0
    const due = this.next[this.now++]
    if (!hit) {
      if (this.size === this.capacity) this.evict()
      else this.size++
    }
    this.due[key] = due
    if (due === NEVER) this.done.push(key)
    else this.push(due)
    return hit
  }

  private evict(): void {
    const last = this.done.pop()
    const key = last ?? this.requests[this.pop()]
    this.due[key] = 0
  }

  private push(time: number): void {
    if (this.heapSize === this.heap.length) this.sweep()
    this.rise(this.heapSize++, time)
  }

  private rise(from: number, time: number): void {
    const { heap } = this
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent] >= time) break
      heap[at] = heap[parent]
      at = parent
    }
    heap[at] = time
  }

  /** The furthest time. Times that have passed are less than all others and never come up. */
  private pop(): number {
    const { heap } = this
    const furthest = heap[0]
    this.heapSize--
    if (this.heapSize > 0) this.sink(0, heap[this.heapSize])
    return furthest
  }

  private sink(from: number, time: number): void {
    const { heap, heapSize } = this
    let at = from
    for (let child = 2 * at + 1; child < heapSize; child = 2 * at + 1) {
      if (child + 1 < heapSize && heap[child + 1] > heap[child]) child++
      if (heap[child] <= time) break
      heap[at] = heap[child]
      at = child
    }
    heap[at] = time
  }

  /** Keeps the times still to come and orders them anew. */
  private sweep(): void {
    const { heap, now } = this
    let kept = 0
    for (let i = 0; i < this.heapSize; i++) if (heap[i] >= now) heap[kept++] = heap[i]
    this.heapSize = kept
    for (let i = (kept >> 1) - 1; i >= 0; i--) this.sink(i, heap[i])
  }

  queues(): Queue[] {
    const cached = Array.from(this.due.keys()).filter((key) => this.due[key] !== 0)
    const entries = cached
      .sort((a, b) => this.due[b] - this.due[a])
      .map((key) => ({ key, mark: this.due[key] === NEVER ? 'never' : `in ${this.due[key] - this.now + 1}` }))
    return [{ name: 'furthest next request first', entries }]
  }
}

/** For each request the index of the next one of the same key. O(requests). */
function nextRequests(requests: Uint32Array, keyCount: number): Uint32Array {
  const next = new Uint32Array(requests.length)
  const upcoming = new Uint32Array(keyCount).fill(NEVER)
  for (let i = requests.length - 1; i >= 0; i--) {
    next[i] = upcoming[requests[i]]
    upcoming[requests[i]] = i
  }
  return next
}
