import type { ByteHash } from '../hashing/index.js'
import type { KeySource } from './key-source.js'

const ZERO = 48
const NINE = 57
const BATCH = 1 << 14

const encoder = new TextEncoder()

/**
 * A text that ends in a counter, as UTF-8 bytes: `key-0`, `key-1`, … Counting up changes the digits in
 * place, so millions of keys or labels cost no string each.
 */
export class NumberedText {
  readonly bytes: Uint8Array
  end: number
  private readonly digits: number

  constructor(prefix: string) {
    const encoded = encoder.encode(prefix)
    this.bytes = new Uint8Array(encoded.length + 16)
    this.bytes.set(encoded)
    this.digits = encoded.length
    this.bytes[this.digits] = ZERO
    this.end = this.digits + 1
  }

  /** Adds one to the counter. */
  advance(): void {
    let i = this.end - 1
    while (i >= this.digits && this.bytes[i] === NINE) this.bytes[i--] = ZERO
    if (i >= this.digits) {
      this.bytes[i]++
    } else {
      this.bytes[this.digits] = ZERO + 1
      this.bytes[this.end++] = ZERO
    }
  }
}

/**
 * The keys `key-0` … `key-(count − 1)`, as the lesson numbers them.
 *
 * @example
 * import { hashFunctions, type KeySource, numberedKeys } from 'cachelab/placement'
 * const source: KeySource = numberedKeys(5)
 * source.label // 'key-0 … key-4'
 * for await (const [hashes] of source.batches([hashFunctions.crc16.hash])) {
 *   hashes // Uint32Array(5) [ 4292, 229, 12422, 8359, 20544 ]
 * }
 */
export function numberedKeys(count: number): KeySource {
  return {
    label: count === 1 ? 'key-0' : `key-0 … key-${count - 1}`,
    count,
    blankLines: 0,
    batches: async function* (hashes) {
      const key = new NumberedText('key-')
      const buffers = hashes.map(() => new Uint32Array(Math.min(count, BATCH)))
      for (let done = 0; done < count; done += BATCH) {
        const batch = buffers.map((buffer) => buffer.subarray(0, Math.min(BATCH, count - done)))
        hashNext(key, hashes, batch)
        yield batch
      }
    },
  }
}

function hashNext(key: NumberedText, hashes: readonly ByteHash[], out: readonly Uint32Array[]): void {
  for (let i = 0; i < out[0].length; i++) {
    for (let h = 0; h < hashes.length; h++) out[h][i] = hashes[h](key.bytes, 0, key.end)
    key.advance()
  }
}
