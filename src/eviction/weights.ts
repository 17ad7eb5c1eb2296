/**
 * What keys take up in a cache: one each, or their sizes in bytes. O(1); eight bytes a key where there are sizes,
 * nothing where there are none.
 */
export class Weights {
  private readonly bytes: Float64Array | undefined

  constructor(keyCount: number, sized: boolean) {
    this.bytes = sized ? new Float64Array(keyCount) : undefined
  }

  of(key: number): number {
    return this.bytes === undefined ? 1 : this.bytes[key]
  }

  /** Sets what a key takes up; it must be in no list or queue. */
  set(key: number, size: number): void {
    if (this.bytes !== undefined) this.bytes[key] = size
  }
}
