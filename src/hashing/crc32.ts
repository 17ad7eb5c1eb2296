import type { ByteHash, HashFunction } from './hash.js'

/** Remainder of each byte value, least significant bit first, for the reflected polynomial 0xEDB88320. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  return remainder
})

const hash: ByteHash = (bytes, start, end) => {
  let r = -1
  for (let i = start; i < end; i++) r = table[(r ^ bytes[i]) & 0xff] ^ (r >>> 8)
  return ~r >>> 0
}

/** CRC-32 as in zip and Ethernet. Made to find transmission errors, not to spread keys: it is linear. */
export const crc32: HashFunction = {
  name: 'crc32',
  bits: 32,
  hash,
  about: 'CRC-32/ISO-HDLC, the checksum of zip and Ethernet',
}
