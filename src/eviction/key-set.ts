/** A set of keys, a bit each: that of a million keys is 125 kilobytes and stays near the processor. O(1). */
export class KeySet {
  private readonly words: Int32Array

  constructor(keyCount: number) {
    this.words = new Int32Array((keyCount + 31) >>> 5)
  }

  has(key: number): boolean {
    return ((this.words[key >>> 5] >>> (key & 31)) & 1) !== 0
  }

  add(key: number): void {
    this.words[key >>> 5] |= 1 << (key & 31)
  }

  remove(key: number): void {
    this.words[key >>> 5] &= ~(1 << (key & 31))
  }
}
