import type { ByteHash, HashFunction } from './hash.js'

const hash: ByteHash = (bytes, start, end) => {
  let h = 0x811c9dc5
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i], 0x01000193)
  return h >>> 0
}

/**
 * FNV-1a, 32 bits. A key's last byte is multiplied only once, so keys that differ only there stay close
 * together: on a ring they land in clumps.
 */
export const fnv1a: HashFunction = {
  name: 'fnv1a',
  bits: 32,
  hash,
  about: 'FNV-1a 32-bit (Fowler, Noll, Vo; RFC 9923)',
}
