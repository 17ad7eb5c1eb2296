/**
 * Decides which keys stay in a cache. Its capacity is a number of keys, or of bytes where requests have sizes. Keys
 * are whole numbers below the keyCount it was made for.
 */
export interface EvictionPolicy {
  /** The most keys inside, or the most bytes. */
  readonly capacity: number
  /** Keys inside, or the sum of their sizes. */
  readonly used: number
  /**
   * Requests one key. True on a hit; on a miss the key is admitted, and others leave until it fits. The size, at most
   * the capacity, counts from the miss on: a hit doesn't change it.
   */
  access(key: number, size?: number): boolean
  /** Whether a key is cached, without requesting it. */
  has(key: number): boolean
  /** Takes out a key that is cached: it was deleted, or it expired. It is forgotten, not evicted. */
  remove(key: number): void
  /** For policies that know all requests: passes over one that isn't made. */
  skip?(): void
  /** The contents in the structure of the paper. O(keys inside); for display only. */
  queues(): Queue[]
}

/** The time of the request that is being made, in seconds from any moment on. */
export interface Clock {
  seconds: number
}

/** One queue, stack or set of a policy, in its own order. */
export interface Queue {
  readonly name: string
  /** Ghosts are keys that are only remembered: requesting one is a miss. */
  readonly ghost?: true
  readonly entries: readonly QueueEntry[]
}

export interface QueueEntry {
  readonly key: number
  /** State of the key, such as a reference bit, a count or a rank. */
  readonly mark?: string
}
