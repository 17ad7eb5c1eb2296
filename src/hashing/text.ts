import type { ByteHash } from './hash.js'

const encoder = new TextEncoder()
let scratch = new Uint8Array(256)

/**
 * Hashes the UTF-8 form of a text. ASCII is copied a character at a time into a buffer that is kept, so
 * nothing is allocated; other text goes through the platform's encoder.
 *
 * @example
 * import { hashFunctions, hashText } from 'cachelab/placement'
 * hashText(hashFunctions.crc32.hash, '123456789').toString(16) // 'cbf43926'
 */
export function hashText(hash: ByteHash, text: string): number {
  if (text.length > scratch.length) scratch = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) {
      const bytes = encoder.encode(text)
      return hash(bytes, 0, bytes.length)
    }
    scratch[i] = code
  }
  return hash(scratch, 0, text.length)
}
