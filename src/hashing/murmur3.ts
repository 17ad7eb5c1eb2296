import type { ByteHash, HashFunction } from './hash.js'

/**
 * MurmurHash3's 32-bit finalizer: a bijection on 32-bit integers in which every input bit changes every
 * output bit with probability near one half (Austin Appleby, SMHasher).
 */
export function finalize(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function scramble(word: number): number {
  const k = Math.imul(word, 0xcc9e2d51)
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593)
}

const hash: ByteHash = (bytes, start, end) => {
  let h = 0
  let i = start
  for (; end - i >= 4; i += 4) {
    h ^= scramble(bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24))
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let shift = 0; i < end; i++, shift += 8) tail |= bytes[i] << shift
  return finalize(h ^ scramble(tail) ^ (end - start))
}

/** MurmurHash3_x86_32 with seed 0. */
export const murmur3: HashFunction = {
  name: 'murmur3',
  bits: 32,
  hash,
  about: 'MurmurHash3 x86_32, seed 0 (Appleby, SMHasher)',
}
