/** The polynomial of Jones's CRC-64, its bits reversed, in two halves. */
const [POLYNOMIAL_HIGH, POLYNOMIAL_LOW] = [0x95ac9329, 0xac4bc9b5]

const high = new Uint32Array(256)
const low = new Uint32Array(256)
for (let byte = 0; byte < 256; byte++) {
  let [h, l] = [0, byte]
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = l & 1
    l = (l >>> 1) | (h << 31)
    h >>>= 1
    if (isOdd) {
      h ^= POLYNOMIAL_HIGH
      l ^= POLYNOMIAL_LOW
    }
  }
  high[byte] = h
  low[byte] = l
}

/** CRC-64 as Redis computes it (Jones's polynomial, reflected, from 0), in its 8 bytes from the lowest. O(N). */
export function crc64(bytes: Uint8Array): Buffer {
  let [h, l] = [0, 0]
  for (const byte of bytes) {
    const at = (l ^ byte) & 255
    l = ((l >>> 8) | (h << 24)) ^ low[at]
    h = (h >>> 8) ^ high[at]
  }
  const checksum = Buffer.alloc(8)
  checksum.writeUInt32LE(l >>> 0, 0)
  checksum.writeUInt32LE(h >>> 0, 4)
  return checksum
}
