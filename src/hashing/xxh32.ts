import type { ByteHash, HashFunction } from './hash.js'

const PRIME_1 = 0x9e3779b1
const PRIME_2 = 0x85ebca77
const PRIME_3 = 0xc2b2ae3d
const PRIME_4 = 0x27d4eb2f
const PRIME_5 = 0x165667b1

function word(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

function round(lane: number, input: number): number {
  return Math.imul(rotate((lane + Math.imul(input, PRIME_2)) | 0, 13), PRIME_1)
}

const hash: ByteHash = (bytes, start, end) => {
  let i = start
  let h = PRIME_5
  if (end - start >= 16) {
    let one = (PRIME_1 + PRIME_2) | 0
    let two = PRIME_2 | 0
    let three = 0
    let four = -PRIME_1 | 0
    for (; end - i >= 16; i += 16) {
      one = round(one, word(bytes, i))
      two = round(two, word(bytes, i + 4))
      three = round(three, word(bytes, i + 8))
      four = round(four, word(bytes, i + 12))
    }
    h = (rotate(one, 1) + rotate(two, 7) + rotate(three, 12) + rotate(four, 18)) | 0
  }
  h = (h + end - start) | 0
  for (; end - i >= 4; i += 4)
    h = Math.imul(rotate((h + Math.imul(word(bytes, i), PRIME_3)) | 0, 17), PRIME_4)
  for (; i < end; i++) h = Math.imul(rotate((h + Math.imul(bytes[i], PRIME_5)) | 0, 11), PRIME_1)
  h = Math.imul(h ^ (h >>> 15), PRIME_2)
  h = Math.imul(h ^ (h >>> 13), PRIME_3)
  return (h ^ (h >>> 16)) >>> 0
}

/** xxHash, the 32-bit variant, with seed 0. */
export const xxh32: HashFunction = {
  name: 'xxh32',
  bits: 32,
  hash,
  about: 'xxHash 32-bit, seed 0 (Collet, xxHash specification 0.1.1)',
}
