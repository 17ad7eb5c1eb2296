const FIRST = 1024

/** A set of dense keys, a bit each. It is walked in ascending order. */
export class KeySet implements Iterable<number> {
  private bits = new Uint8Array(FIRST)
  size = 0

  add(key: number): void {
    const byte = key >> 3
    if (byte >= this.bits.length) this.grow(byte)
    const bit = 1 << (key & 7)
    if ((this.bits[byte] & bit) !== 0) return
    this.bits[byte] |= bit
    this.size++
  }

  private grow(byte: number): void {
    const before = this.bits
    this.bits = new Uint8Array(Math.max(byte + 1, 2 * before.length))
    this.bits.set(before)
  }

  *[Symbol.iterator](): Generator<number> {
    for (let byte = 0; byte < this.bits.length; byte++)
      for (let rest = this.bits[byte]; rest !== 0; rest &= rest - 1)
        yield 8 * byte + 31 - Math.clz32(rest & -rest)
  }
}
