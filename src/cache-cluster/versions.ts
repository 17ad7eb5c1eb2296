const FIRST = 1024

/**
 * Versions in the order of writes, for all clients together, and the key of each, in four bytes.
 *
 * @example
 * import { Versions } from 'cachelab/replication'
 * const versions = new Versions()
 * versions.next(7) // 1
 * versions.next(9) // 2
 * versions.keyOf(2) // 9
 */
export class Versions {
  private keys = new Uint32Array(FIRST)
  /** Version 0 is none. */
  private count = 1

  /** The version of a write to a key that begins: 1, 2, … */
  next(key: number): number {
    if (this.count === this.keys.length) {
      const before = this.keys
      this.keys = new Uint32Array(2 * before.length)
      this.keys.set(before)
    }
    this.keys[this.count] = key
    return this.count++
  }

  /** The version of the last write that has begun. */
  get last(): number {
    return this.count - 1
  }

  /** The key that a version was written to; undefined if there was no such write. */
  keyOf(version: number): number | undefined {
    return version > 0 && version < this.count ? this.keys[version] : undefined
  }
}
