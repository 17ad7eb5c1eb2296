import type { Random } from '../../src/random/random.js'
import { pick } from './command-lines/values.js'

/** Changes one thing about bytes. */
type Change = (bytes: Buffer, random: Random) => Buffer

/** What is put in the place of a number. */
const NUMBERS = ['-1', '-0', '+1', '007', '', '1e9', '4294967296', '2147483648', '9223372036854775808', '٣']
const SIGNS = [
  '\0',
  '\r\n',
  '\n',
  '\r',
  '"',
  "'",
  '{',
  '[',
  ',',
  '\u001b[2J',
  '\u202e',
  '*',
  '$',
  ' ',
  '\ufeff',
]

const place = (bytes: Buffer, random: Random) => random.below(bytes.length + 1)
const inserted = (bytes: Buffer, at: number, piece: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])

const changes: readonly Change[] = [
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => bytes.subarray(place(bytes, random)),
  (bytes, random) => inserted(bytes, place(bytes, random), Buffer.from(pick(random, SIGNS))),
  (bytes, random) => inserted(bytes, place(bytes, random), Buffer.from([random.below(256)])),
  (bytes, random) => withoutPart(bytes, random),
  (bytes, random) => flipped(bytes, random),
  (bytes, random) => withOtherNumber(bytes, random),
  (bytes, random) => inserted(bytes, place(bytes, random), part(bytes, random)),
]

/** The same bytes, changed in one to three places. */
export function changed(random: Random, bytes: Uint8Array): Buffer {
  let result = Buffer.from(bytes)
  for (let count = 1 + random.below(3); count > 0; count--)
    result = Buffer.from(pick(random, changes)(result, random))
  return result
}

function part(bytes: Buffer, random: Random): Buffer {
  const at = place(bytes, random)
  return bytes.subarray(at, at + 1 + random.below(40))
}

function withoutPart(bytes: Buffer, random: Random): Buffer {
  const at = place(bytes, random)
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(8))])
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes)
  for (let count = 1 + random.below(3); count > 0 && copy.length > 0; count--)
    copy[random.below(copy.length)] ^= 1 << random.below(8)
  return copy
}

function withOtherNumber(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString('latin1')
  const numbers = [...text.matchAll(/\d+/g)]
  if (numbers.length === 0) return bytes
  const { 0: number, index } = pick(random, numbers)
  const other = pick(random, [...NUMBERS, String(Number(number) + 1), String(Number(number) - 1)])
  return Buffer.concat([bytes.subarray(0, index), Buffer.from(other), bytes.subarray(index + number.length)])
}

/** Bytes without a part of them: first large ones, then single bytes. */
export function* shorterBytes(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let size = bytes.length >> 1; size >= 1; size >>= 1) {
    if (size < bytes.length / 64 && bytes.length > 256) return
    for (let at = 0; at < bytes.length; at += size)
      yield Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)])
  }
}

/** Bytes as an argument of printf in bash. */
export const printed = (bytes: Uint8Array): string =>
  `$'${Buffer.from(bytes)
    .toString('latin1')
    .replace(
      /[^ -~]|['\\]/g,
      (sign) => ESCAPES[sign] ?? `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )}'`

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', "'": "\\'", '\\': '\\\\' }
