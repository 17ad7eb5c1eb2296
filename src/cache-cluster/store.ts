import type { EvictionPolicy } from '../eviction/policy.js'
import type { CacheEntry } from './protocol.js'

/**
 * A node's memory: the newest entry of each key, as many as an eviction policy keeps. Without a policy it keeps
 * all. Entries that have expired, or that the policy has let go, are not there any more.
 *
 * A deleted or expired key takes its place until the policy drops it, as in servers that expire lazily.
 * O(1); four bytes a key that there could be, nine more once an entry expires or is deleted.
 */
export class Store {
  /** Of each key; 0 for none. */
  private readonly versions: Uint32Array
  /** When each key expires, and whether it is deleted; undefined as long as none does or is. */
  private ends: { readonly expires: Float64Array; readonly deleted: Uint8Array } | undefined
  private policy: EvictionPolicy | undefined

  constructor(
    private readonly keyCount: number,
    private readonly createPolicy?: () => EvictionPolicy,
  ) {
    this.versions = new Uint32Array(keyCount)
    this.policy = createPolicy?.()
  }

  /** Forgets everything. */
  clear(): void {
    this.versions.fill(0)
    this.policy = this.createPolicy?.()
  }

  /** The version of a key's entry, deletions among them, without counting as a use; 0 if there is none. */
  version(key: number, now: number): number {
    const version = this.versions[key]
    if (version === 0 || (this.ends !== undefined && this.ends.expires[key] <= now)) return 0
    return this.policy && !this.policy.has(key) ? 0 : version
  }

  /** The entry of a key, deletions among them, without counting as a use. */
  peek(key: number, now: number): CacheEntry | undefined {
    const version = this.version(key, now)
    if (version === 0) return undefined
    const { ends } = this
    return {
      version,
      deleted: ends !== undefined && ends.deleted[key] === 1,
      expires: ends === undefined ? Infinity : ends.expires[key],
    }
  }

  /** The same, as a use of the key. */
  get(key: number, now: number): CacheEntry | undefined {
    const entry = this.peek(key, now)
    if (entry) this.policy?.access(key)
    return entry
  }

  /** Stores an entry unless there is one as new. */
  put(key: number, entry: CacheEntry, now: number): void {
    if (this.version(key, now) >= entry.version) return
    this.policy?.access(key)
    this.versions[key] = entry.version
    if (entry.deleted || entry.expires !== Infinity) this.ends ??= neverEnding(this.keyCount)
    if (this.ends === undefined) return
    this.ends.expires[key] = entry.expires
    this.ends.deleted[key] = entry.deleted ? 1 : 0
  }

  drop(key: number): void {
    this.versions[key] = 0
  }

  /** Keys of which there is a value. O(keys). */
  count(now: number): number {
    let count = 0
    for (let key = 0; key < this.keyCount; key++) {
      if (this.version(key, now) > 0 && this.ends?.deleted[key] !== 1) count++
    }
    return count
  }
}

const neverEnding = (keys: number) => ({
  expires: new Float64Array(keys).fill(Infinity),
  deleted: new Uint8Array(keys),
})
