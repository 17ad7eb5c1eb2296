/** Decides which keys stay in a cache of `capacity` keys. Keys are whole numbers below the keyCount it was made for. */
export interface EvictionPolicy {
  readonly capacity: number
  /** Requests one key. True on a hit; on a miss the key is admitted and, if the cache was full, another leaves. */
  access(key: number): boolean
  /** Whether a key is cached, without requesting it. */
  has(key: number): boolean
  /** The contents in the structure of the paper. O(keys inside); for display only. */
  queues(): Queue[]
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
