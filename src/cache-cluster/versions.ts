/** Versions in the order of writes, for all clients together, and the key of each. */
export class Versions {
  private readonly keys: number[] = [-1]

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
