import { decompress } from './lzf.js'
import { STRING_CODES } from './writer.js'

/** Bytes that no dump of Redis has. */
export class BadData extends Error {}

/** Reads what `Writer` writes; throws `BadData` where the bytes end too early or mean nothing. */
export class Reader {
  private at = 0

  constructor(private readonly input: Buffer) {}

  get left(): number {
    return this.input.length - this.at
  }

  bytes(count: number): Buffer {
    if (count > this.left) throw new BadData()
    this.at += count
    return this.input.subarray(this.at - count, this.at)
  }

  byte(): number {
    return this.bytes(1)[0]
  }

  /** A length; the code of a string in a short form stands for its lower six bits. */
  length(): number {
    const first = this.byte()
    return first < STRING_CODES.int8 ? this.lengthFrom(first) : first & 0x3f
  }

  double(): number {
    return this.bytes(8).readDoubleLE()
  }

  private lengthFrom(first: number): number {
    if (first < 0x40) return first
    if (first < 0x80) return ((first & 0x3f) << 8) | this.byte()
    if (first === 0x80) return this.bytes(4).readUInt32BE()
    if (first === 0x81) return Number(this.bytes(8).readBigUInt64BE())
    throw new BadData()
  }

  string(): Buffer {
    const first = this.byte()
    if (first === STRING_CODES.int8) return integer(this.bytes(1))
    if (first === STRING_CODES.int16) return integer(this.bytes(2))
    if (first === STRING_CODES.int32) return integer(this.bytes(4))
    if (first !== STRING_CODES.compressed) return this.bytes(this.lengthFrom(first))
    const compressed = this.length()
    const size = this.length()
    // A reference of three bytes stands for 264 bytes at most.
    if (size > compressed * 88) throw new BadData()
    const bytes = decompress(this.bytes(compressed), size)
    if (!bytes) throw new BadData()
    return bytes
  }

  text(): string {
    return this.string().toString('latin1')
  }
}

const integer = (bytes: Buffer) => Buffer.from(String(bytes.readIntLE(0, bytes.length)))
