import type { ByteHash, HashFunction } from './hash.js'

/** Remainder of each byte value, most significant bit first, for the polynomial x¹⁶ + x¹² + x⁵ + 1. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 0x8000 ? (remainder << 1) ^ 0x1021 : remainder << 1
  return remainder
})

const hash: ByteHash = (bytes, start, end) => {
  let r = 0
  for (let i = start; i < end; i++) r = ((r << 8) & 0xffff) ^ table[(r >>> 8) ^ bytes[i]]
  return r
}

/** The remainder after one more byte: for texts whose characters are bytes, without copying them. */
export const crc16Step = (remainder: number, byte: number): number =>
  ((remainder << 8) & 0xffff) ^ table[((remainder >>> 8) ^ byte) & 0xff]

/** CRC-16/XMODEM, which Redis Cluster takes modulo 16384: only 16 bits wide. */
export const crc16: HashFunction = {
  name: 'crc16',
  bits: 16,
  hash,
  about: 'CRC-16/XMODEM, 16 bits, as Redis Cluster hashes keys',
}
