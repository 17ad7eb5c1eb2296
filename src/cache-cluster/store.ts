import type { EvictionPolicy } from '../eviction/policy.js'
import type { CacheEntry } from './protocol.js'

/**
 * A node's memory: the newest entry of each key, as many as an eviction policy keeps. Without a policy it keeps
 * all. Entries that have expired, or that the policy has let go, are not there any more.
 *
 * A deleted or expired key takes its place until the policy drops it, as in servers that expire lazily.
 * O(1); eight bytes a key that there could be, and an entry for each that there is.
 */
export class Store {
  private entries: (CacheEntry | undefined)[] = []

  constructor(
    private readonly keyCount: number,
    private readonly createPolicy?: () => EvictionPolicy,
  ) {
    this.clear()
  }

  private policy: EvictionPolicy | undefined

  /** Forgets everything. */
  clear(): void {
    this.entries = new Array(this.keyCount).fill(undefined)
    this.policy = this.createPolicy?.()
  }

  /** The entry of a key, deletions among them, without counting as a use. */
  peek(key: number, now: number): CacheEntry | undefined {
    const entry = this.entries[key]
    if (entry === undefined || entry.expires <= now) return undefined
    return this.policy && !this.policy.has(key) ? undefined : entry
  }

  /** The same, as a use of the key. */
  get(key: number, now: number): CacheEntry | undefined {
    const entry = this.peek(key, now)
    if (entry) this.policy?.access(key)
    return entry
  }

  /** Stores an entry unless there is one as new. */
  put(key: number, entry: CacheEntry, now: number): void {
    const present = this.peek(key, now)
    if (present && present.version >= entry.version) return
    this.policy?.access(key)
    this.entries[key] = entry
  }

  drop(key: number): void {
    this.entries[key] = undefined
  }

  /** Keys of which there is a value. O(keys). */
  count(now: number): number {
    let count = 0
    for (let key = 0; key < this.keyCount; key++) {
      const entry = this.peek(key, now)
      if (entry && !entry.deleted) count++
    }
    return count
  }
}
