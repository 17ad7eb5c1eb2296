import { isInteger } from '../numbers.js'
import { compress } from './lzf.js'

/** Strings up to this length may be integers in their short form. */
const LONGEST_INTEGER = 11
/** Strings up to this length are never compressed. */
const LONGEST_PLAIN = 20

/** Codes of strings in a short form. */
export const STRING_CODES = { int8: 0xc0, int16: 0xc1, int32: 0xc2, compressed: 0xc3 }

/** Bytes in the format of Redis's files: lengths of one to nine bytes, strings behind their length. */
export class Writer {
  private readonly pieces: Uint8Array[] = []

  bytes(piece: Uint8Array): void {
    this.pieces.push(piece)
  }

  byte(value: number): void {
    this.bytes(Buffer.of(value))
  }

  length(given: number | bigint): void {
    const value = Number(given)
    if (value < 1 << 6) this.byte(value)
    else if (value < 1 << 14) this.bytes(Buffer.of(0x40 | (value >> 8), value & 255))
    else {
      const isLong = value > 0xffffffff
      const code = Buffer.alloc(isLong ? 9 : 5)
      code[0] = isLong ? 0x81 : 0x80
      if (isLong) code.writeBigUInt64BE(BigInt(given), 1)
      else code.writeUInt32BE(value, 1)
      this.bytes(code)
    }
  }

  double(value: number): void {
    const code = Buffer.alloc(8)
    code.writeDoubleLE(value)
    this.bytes(code)
  }

  /** A string: an integer of 32 bits in its short form, a long string compressed if that makes it shorter. */
  string(content: string | Buffer): void {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
    const short = bytes.length <= LONGEST_INTEGER ? shortInteger(bytes.toString('latin1')) : undefined
    const compressed = bytes.length > LONGEST_PLAIN ? compress(bytes) : undefined
    if (compressed) {
      this.byte(STRING_CODES.compressed)
      this.length(compressed.length)
    }
    if (short === undefined) this.length(bytes.length)
    this.bytes(short ?? compressed ?? bytes)
  }

  done(): Buffer {
    return Buffer.concat(this.pieces)
  }
}

function shortInteger(text: string): Buffer | undefined {
  const value = isInteger(text) ? Number(text) : Number.NaN
  for (const [code, bytes] of [
    [STRING_CODES.int8, 1],
    [STRING_CODES.int16, 2],
    [STRING_CODES.int32, 4],
  ]) {
    if (!(Math.abs(value + 0.5) < 2 ** (8 * bytes - 1))) continue
    const short = Buffer.alloc(1 + bytes)
    short[0] = code
    short.writeIntLE(value, 1, bytes)
    return short
  }
  return undefined
}
