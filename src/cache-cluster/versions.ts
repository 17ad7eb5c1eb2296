/**
 * Versions in the order of writes, for all clients together, and the key of each.
 *
 * @example
 * import { Versions } from 'cachelab/replication'
 * const versions = new Versions()
 * versions.next(7) // 1
 * versions.next(9) // 2
 * versions.keyOf(2) // 9
 */
export class Versions {
  private readonly keys: number[] = [-1]

  /** The version of a write to a key that begins: 1, 2, … */
  next(key: number): number {
    return this.keys.push(key) - 1
  }

  /** The version of the last write that has begun. */
  get last(): number {
    return this.keys.length - 1
  }

  /** The key that a version was written to; undefined if there was no such write. */
  keyOf(version: number): number | undefined {
    return this.keys[version]
  }
}
