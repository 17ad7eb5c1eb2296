import { constants } from 'node:buffer'

/** Bytes from which a string is returned as a piece of memory, and not as text. */
const LARGE = 256 << 10
/** Spare bytes at most of a string that grows, or an eighth of it. */
const MAX_SPARE = 1 << 20

/** Characters of the longest text in V8: 24 fewer than Redis's longest string has bytes. */
export const LONGEST_TEXT = constants.MAX_STRING_LENGTH

/** A string that is changed in place, by APPEND, SETRANGE or SETBIT, or that is too long for a text. */
export class Bytes {
  private buffer: Buffer
  length: number
  /** A reply shows this memory, so that the next change is made to a copy of it. */
  private isShared = false

  constructor(
    content: string | Uint8Array,
    /** The encoding in Redis. */
    public encoding: 'raw' | 'embstr' = 'raw',
  ) {
    this.buffer =
      typeof content === 'string'
        ? Buffer.from(content, 'latin1')
        : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    this.length = content.length
  }

  /** The bytes themselves, to read at once; they change with the string. */
  view(): Buffer {
    return this.buffer.subarray(0, this.length)
  }

  /** The bytes themselves, to change them. */
  writable(): Buffer {
    this.own(this.length)
    return this.view()
  }

  /** Some of the bytes as a reply, which stays as it is when the string changes. */
  reply(start = 0, end = this.length): string | Uint8Array {
    if (end - start < LARGE) return this.buffer.toString('latin1', start, end)
    this.isShared = true
    return this.buffer.subarray(start, end)
  }

  copy(): Bytes {
    return new Bytes(Buffer.from(this.view()), this.encoding)
  }

  /** Its first bytes; throws a RangeError if they are more than a text can hold. */
  toString(most = this.length): string {
    return this.buffer.toString('latin1', 0, Math.min(most, this.length))
  }

  /** Some of the bytes as text, as of a string: for the slow log and monitors. */
  slice(start: number, end: number): string {
    return this.buffer.toString('latin1', start, Math.min(end, this.length))
  }

  /** Extends it to at least this length, with zeros. */
  extend(length: number): void {
    if (length <= this.length) return
    this.own(length)
    this.length = length
  }

  write(offset: number, content: string | Bytes): void {
    this.encoding = 'raw'
    this.extend(offset + content.length)
    this.own(this.length)
    if (typeof content === 'string') this.buffer.write(content, offset, 'latin1')
    else this.buffer.set(content.view(), offset)
  }

  /** Makes the memory its own, with room for this many bytes. */
  private own(length: number): void {
    const isTooSmall = length > this.buffer.length
    if (!isTooSmall && !this.isShared) return
    // The spare room grows with the string, so that appending a byte is amortized O(1).
    const spare = isTooSmall && this.length > 0 ? Math.min(length, Math.max(MAX_SPARE, length >>> 3)) : 0
    const larger = Buffer.alloc(Math.max(length, this.length) + spare)
    this.buffer.copy(larger, 0, 0, this.length)
    this.buffer = larger
    this.isShared = false
  }
}

/** The content of a string value. */
export const viewOf = (value: string | Bytes): Buffer =>
  typeof value === 'string' ? Buffer.from(value, 'latin1') : value.view()
