import { RedisError } from '../reply.js'

/**
 * Registers of which most are 0, as runs of equal ones. A run of zeros is 00 and its length in 6 bits, or 01 and its
 * length in 14 bits; any other is 1, its value in 5 bits and its length in 2. Lengths and values are less 1.
 */
const MAX_SHORT_ZEROS = 64
const MAX_LENGTH = 4
const MAX_LOOKED_AT = 5
export const MAX_VALUE = 32

export const corrupted = () => new RedisError('INVALIDOBJ Corrupted HLL object detected')

const isValue = (code: number) => code >= 0x80
const isLong = (code: number) => (code & 0xc0) === 0x40
const valueIn = (code: number) => (isValue(code) ? ((code >> 2) & 31) + 1 : 0)

function lengthAt(codes: Buffer, at: number): number {
  const code = codes[at]
  if (isValue(code)) return (code & 3) + 1
  return isLong(code) ? (((code & 63) << 8) | (codes[at + 1] ?? 0)) + 1 : code + 1
}

function run(value: number, length: number): number[] {
  if (length === 0) return []
  if (value > 0) return [0x80 | ((value - 1) << 2) | (length - 1)]
  if (length <= MAX_SHORT_ZEROS) return [length - 1]
  return [0x40 | ((length - 1) >> 8), (length - 1) & 255]
}

/** All runs in order; those of a damaged string may have more or fewer registers than there are. */
export function forEachRun(
  codes: Buffer,
  visit: (value: number, length: number, isLong: boolean) => void,
): void {
  for (let at = 0; at < codes.length; at += isLong(codes[at]) ? 2 : 1)
    visit(valueIn(codes[at]), lengthAt(codes, at), isLong(codes[at]))
}

/**
 * The codes after a register was raised to a value of at most `MAX_VALUE`: the same ones where it is as high, undefined
 * where they would grow beyond a number of bytes. Throws where there is no such register. O(codes).
 */
export function raised(codes: Buffer, register: number, value: number, most: number): Buffer | undefined {
  let [at, first, before] = [0, 0, 0]
  while (at < codes.length && register >= first + lengthAt(codes, at)) {
    first += lengthAt(codes, at)
    before = at
    at += isLong(codes[at]) ? 2 : 1
  }
  if (at >= codes.length) throw corrupted()
  const old = valueIn(codes[at])
  if (old >= value) return codes
  const behind = first + lengthAt(codes, at) - register - 1
  const changed = Buffer.concat([
    codes.subarray(0, at),
    Buffer.from([...run(old, register - first), ...run(value, 1), ...run(old, behind)]),
    codes.subarray(at + (isLong(codes[at]) ? 2 : 1)),
  ])
  if (changed.length > codes.length && changed.length > most) return undefined
  return joined(changed, before)
}

/** Runs of the same value that lie beside each other become one, among the five from an offset on. */
function joined(codes: Buffer, from: number): Buffer {
  let { length } = codes
  let at = from
  for (let looked = 0; looked < MAX_LOOKED_AT && at < length; looked++) {
    const value = valueIn(codes[at])
    const both =
      at + 1 < length && valueIn(codes[at + 1]) === value ? lengthAt(codes, at) + lengthAt(codes, at + 1) : 0
    if (value === 0) at += isLong(codes[at]) ? 2 : 1
    else if (both === 0 || both > MAX_LENGTH) at++
    else {
      codes[at + 1] = run(value, both)[0]
      codes.copyWithin(at, at + 1, length--)
    }
  }
  return codes.subarray(0, length)
}
