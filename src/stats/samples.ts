const FIRST = 1024
const MOST = 1 << 20

/** Numbers that are collected one by one, in eight bytes each. */
export class Samples {
  length = 0
  private readonly full: Float64Array[] = []
  private part = new Float64Array(FIRST)
  private used = 0

  push(value: number): void {
    if (this.used === this.part.length) {
      this.full.push(this.part)
      this.part = new Float64Array(Math.min(MOST, 2 * this.part.length))
      this.used = 0
    }
    this.part[this.used++] = value
    this.length++
  }

  /** All of them in their order, in an array of their own. O(length). */
  all(): Float64Array {
    const all = new Float64Array(this.length)
    let at = 0
    for (const part of this.full) {
      all.set(part, at)
      at += part.length
    }
    all.set(this.part.subarray(0, this.used), at)
    return all
  }
}
