import { checkEnd, textAt } from './listpack.js'
import { BadData } from './reader.js'

const HEADER = 10
const TAIL = 4

/** Integers of a ziplist by their code: bytes. */
const INTEGERS: Readonly<Record<number, number>> = { 192: 2, 208: 4, 224: 8, 240: 3, 254: 1 }

/** The items of a ziplist, in which Redis before 7.0 kept small collections; throws `BadData` where it isn't whole. */
export function unzipped(bytes: Buffer): string[] {
  if (bytes.length <= HEADER || bytes.readUInt32LE(0) !== bytes.length) throw new BadData()
  const items: string[] = []
  const last = bytes.length - 1
  let at = HEADER
  let before = 0
  const tail = bytes.readUInt32LE(TAIL)
  while (at < last) {
    const start = at
    const isLong = bytes[at] === 0xfe
    if ((isLong ? bytes.readUInt32LE(at + 1) : bytes[at]) !== before) throw new BadData()
    at += isLong ? 5 : 1
    const { item, size } = itemAt(bytes, at)
    at += size
    if (at > last) throw new BadData()
    items.push(item)
    before = at - start
  }
  // The header names where the last item begins.
  if (items.length > 0 ? tail !== at - before : tail > last) throw new BadData()
  checkEnd(bytes, bytes.readUInt16LE(8), items.length)
  return items
}

function itemAt(bytes: Buffer, at: number): { item: string; size: number } {
  const code = bytes[at]
  const text = (header: number, length: number) => textAt(bytes, at, header, length)
  if (code < 0x40) return text(1, code)
  if (code < 0x80) return text(2, ((code & 0x3f) << 8) | bytes[at + 1])
  if (code === 0x80) return text(5, bytes.readUInt32BE(at + 1))
  const length = INTEGERS[code]
  if (length === undefined) {
    if (code < 0xf1 || code > 0xfd) throw new BadData()
    return { item: String(code - 0xf1), size: 1 }
  }
  const value = length === 8 ? bytes.readBigInt64LE(at + 1) : bytes.readIntLE(at + 1, length)
  return { item: String(value), size: 1 + length }
}
