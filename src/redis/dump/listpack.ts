import { isInteger } from '../numbers.js'
import { BadData } from './reader.js'

/** Bytes before the first item: the size of all, and the number of items where it is below `MANY`. */
const HEADER = 6
const MANY = 0xffff
const END = 0xff

/** Integers in two to nine bytes: the code, the bits of the value. */
const INTEGERS = [
  [0xf1, 16],
  [0xf2, 24],
  [0xf3, 32],
  [0xf4, 64],
] as const

/** Bytes of a listpack without items. */
export const EMPTY_LISTPACK = HEADER + 1

/** Bytes of an item in a listpack. */
export function packedSize(item: string): number {
  const { length } = encoded(item)
  return length + backwards(length).length
}

/** Items in one piece of memory, as Redis 7 keeps small collections. */
export function packed(items: Iterable<string>): Buffer {
  const pieces: Buffer[] = [Buffer.alloc(HEADER)]
  let count = 0
  for (const item of items) {
    const entry = encoded(item)
    pieces.push(entry, backwards(entry.length))
    count++
  }
  pieces.push(Buffer.of(END))
  const all = Buffer.concat(pieces)
  all.writeUInt32LE(all.length, 0)
  all.writeUInt16LE(Math.min(count, MANY), 4)
  return all
}

function encoded(item: string): Buffer {
  if (isInteger(item)) return encodedInteger(BigInt(item))
  const bytes = Buffer.from(item, 'latin1')
  const { length } = bytes
  if (length < 64) return Buffer.concat([Buffer.of(0x80 | length), bytes])
  if (length < 4096) return Buffer.concat([Buffer.of(0xe0 | (length >> 8), length & 255), bytes])
  const code = Buffer.of(0xf0, 0, 0, 0, 0)
  code.writeUInt32LE(length, 1)
  return Buffer.concat([code, bytes])
}

function encodedInteger(value: bigint): Buffer {
  const fits = (bits: number) => BigInt.asIntN(bits, value) === value
  if (value >= 0n && fits(8)) return Buffer.of(Number(value))
  if (fits(13)) return Buffer.of(0xc0 | (Number(value >> 8n) & 0x1f), Number(value & 255n))
  const [code, bits] = INTEGERS.find(([, bits]) => fits(bits))!
  const entry = Buffer.alloc(9, code)
  entry.writeBigInt64LE(value, 1)
  return entry.subarray(0, 1 + bits / 8)
}

/** An entry's length behind it, to be read from its end: seven bits a byte, all but the first with the highest bit. */
function backwards(length: number): Buffer {
  const bytes: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 128)) bytes.unshift((left % 128) | 128)
  bytes[0] &= 127
  return Buffer.from(bytes)
}

/** The items of a listpack; throws `BadData` where it isn't whole. */
export function unpacked(bytes: Buffer): string[] {
  if (bytes.length <= HEADER || bytes.readUInt32LE(0) !== bytes.length) throw new BadData()
  const items: string[] = []
  let at = HEADER
  const last = bytes.length - 1
  while (at < last) {
    const { item, size } = itemAt(bytes, at)
    const behind = backwards(size)
    if (at + size + behind.length > last) throw new BadData()
    if (behind.compare(bytes, at + size, at + size + behind.length) !== 0) throw new BadData()
    items.push(item)
    at += size + behind.length
  }
  checkEnd(bytes, bytes.readUInt16LE(4), items.length)
  return items
}

/** Checks the last byte of a listpack or a ziplist, and the number of items that its header names. */
export function checkEnd(bytes: Buffer, named: number, count: number): void {
  if (bytes[bytes.length - 1] !== END || (named !== MANY && named !== count)) throw new BadData()
}

/** A text behind a header of some bytes, and the bytes of both. */
export const textAt = (bytes: Buffer, at: number, header: number, length: number) => ({
  item: bytes.toString('latin1', at + header, at + header + length),
  size: header + length,
})

/** The item that begins at an offset, and the bytes that it has without the length behind it. */
function itemAt(bytes: Buffer, at: number): { item: string; size: number } {
  const code = bytes[at]
  const text = (header: number, length: number) => textAt(bytes, at, header, length)
  if (code < 0x80) return { item: String(code), size: 1 }
  if (code < 0xc0) return text(1, code & 0x3f)
  if (code < 0xe0) return { item: String((((code & 0x1f) << 27) >> 19) | bytes[at + 1]), size: 2 }
  if (code < 0xf0) return text(2, ((code & 0xf) << 8) | bytes[at + 1])
  const rest = Buffer.alloc(8)
  bytes.copy(rest, 0, at + 1)
  if (code === 0xf0) return text(5, rest.readUInt32LE())
  const integer = INTEGERS.find(([known]) => known === code)
  if (!integer) throw new BadData()
  const bits = integer[1]
  return { item: String(BigInt.asIntN(bits, rest.readBigInt64LE())), size: 1 + bits / 8 }
}
