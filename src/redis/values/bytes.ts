/** A string that is changed in place, by APPEND, SETRANGE or SETBIT. */
export class Bytes {
  private buffer: Buffer
  length: number

  constructor(
    text: string,
    /** The encoding in Redis. */
    public encoding: 'raw' | 'embstr' = 'raw',
  ) {
    this.buffer = Buffer.from(text, 'latin1')
    this.length = text.length
  }

  /** The bytes themselves; they change with the string. */
  view(): Buffer {
    return this.buffer.subarray(0, this.length)
  }

  toString(): string {
    return this.buffer.toString('latin1', 0, this.length)
  }

  /** Extends it to at least this length, with zeros. */
  extend(length: number): void {
    if (length <= this.length) return
    if (length > this.buffer.length) {
      // The capacity grows by half each time, so that appending a byte is amortized O(1).
      const larger = Buffer.alloc(Math.ceil(length * 1.5))
      this.buffer.copy(larger, 0, 0, this.length)
      this.buffer = larger
    } else this.buffer.fill(0, this.length, length)
    this.length = length
  }

  write(offset: number, text: string): void {
    this.encoding = 'raw'
    this.extend(offset + text.length)
    this.buffer.write(text, offset, 'latin1')
  }
}
