import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Parts of the heap's limit: above the first one, commands that need memory are refused until it is below the second.
 * From 0.8 on, V8 gives up once collecting garbage takes most of the time.
 */
const FULL = 0.75
const FREE = 0.65
/** What V8's limit has for new objects, in bytes; the others fill the rest. */
const YOUNG = 64 << 20
/** It is checked after so many milliseconds, or bytes of commands. */
const CHECK_MS = 20
const CHECK_BYTES = 4 << 20
/** Collecting garbage in a heap that is nearly full takes a second or so. */
const COLLECT_MS = 5000

/** Watches the heap of the process: V8 ends the process where there is no room left. */
export class HeapGuard {
  isFull = false
  private checkedAt = Number.NEGATIVE_INFINITY
  private checkedBytes = 0
  private collectedAt = Number.NEGATIVE_INFINITY
  private collect: (() => void) | undefined

  /** Whether the heap is full; `now` is in milliseconds of the clock, `bytes` are those that clients have sent. */
  check(now: number, bytes: number): boolean {
    if (Math.abs(now - this.checkedAt) < CHECK_MS && bytes - this.checkedBytes < CHECK_BYTES)
      return this.isFull
    this.checkedAt = now
    this.checkedBytes = bytes
    if (used() > (this.isFull ? FREE : FULL)) {
      this.isFull = true
      if (Math.abs(now - this.collectedAt) >= COLLECT_MS) {
        this.collectGarbage()
        this.collectedAt = now
        this.isFull = used() > FREE
      }
    } else this.isFull = false
    return this.isFull
  }

  private collectGarbage(): void {
    if (this.collect === undefined) {
      setFlagsFromString('--expose-gc')
      this.collect = runInNewContext('gc') as () => void
    }
    this.collect()
  }
}

function used(): number {
  const { used_heap_size, heap_size_limit } = getHeapStatistics()
  return used_heap_size / (heap_size_limit - YOUNG)
}
