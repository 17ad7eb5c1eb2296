import { BadData } from './reader.js'

const HEADER = 8

/** Sorted integers in 2, 4 or 8 bytes each, as Redis keeps small sets of integers: the width, their number, they. */
export function packedIntegers(sorted: readonly string[]): Buffer {
  const values = sorted.map(BigInt)
  const width =
    [2, 4].find((bytes) => values.every((value) => BigInt.asIntN(8 * bytes, value) === value)) ?? 8
  const bytes = Buffer.alloc(HEADER + width * values.length)
  bytes.writeUInt32LE(width, 0)
  bytes.writeUInt32LE(values.length, 4)
  for (const [i, value] of values.entries()) {
    const at = HEADER + width * i
    if (width === 8) bytes.writeBigInt64LE(value, at)
    else bytes.writeIntLE(Number(value), at, width)
  }
  return bytes
}

/** The integers of an intset; throws `BadData` where it isn't whole. */
export function integersOf(bytes: Buffer): string[] {
  if (bytes.length < HEADER) throw new BadData()
  const width = bytes.readUInt32LE(0)
  const count = bytes.readUInt32LE(4)
  if (![2, 4, 8].includes(width) || bytes.length !== HEADER + width * count) throw new BadData()
  return Array.from({ length: count }, (_, i) => {
    const at = HEADER + width * i
    return String(width === 8 ? bytes.readBigInt64LE(at) : bytes.readIntLE(at, width))
  })
}
