import type { ByteHash, HashFunction } from './hash.js'

/**
 * The hash of a key modulo a number below 2³², of the whole digest where there is one, as one big-endian number. Sixteen
 * bits are reduced at a time, so that every step is exact.
 */
export function residue({ hash, digest }: HashFunction, modulus: number): ByteHash {
  if (!digest) return (bytes, start, end) => hash(bytes, start, end) % modulus
  return (bytes, start, end) => {
    const words = digest(bytes, start, end)
    let rest = 0
    for (let i = 0; i < words.length; i++) {
      const word = words[i]
      rest = (rest * 2 ** 16 + (((word & 0xff) << 8) | ((word >>> 8) & 0xff))) % modulus
      rest = (rest * 2 ** 16 + (((word >>> 8) & 0xff00) | (word >>> 24))) % modulus
    }
    return rest
  }
}
