import type { Decompressor } from './archives/archive.js'
import { startsWith } from './text/bytes.js'

/** The first bytes of each kind of archive, and what decompresses it, which is loaded when it is needed. */
const archives: readonly { begins(bytes: Uint8Array): boolean; load(): Promise<Decompressor> }[] = [
  {
    begins: (bytes) => startsWith(bytes, [0x1f, 0x8b]),
    load: async () => (await import('./archives/gzip.js')).gunzip,
  },
  {
    begins: (bytes) => startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd]) || isSkippable(bytes),
    load: async () => (await import('./archives/zstd.js')).unzstd,
  },
  {
    begins: (bytes) => startsWith(bytes, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]),
    load: async () => (await import('./archives/xz.js')).unxz,
  },
  {
    // `BZh`, the size of blocks, and the number of the first block or of the end: no text looks like it.
    begins: (bytes) =>
      startsWith(bytes, [0x42, 0x5a, 0x68]) && bzip2Blocks.some((block) => isNearly(bytes, block)),
    load: async () => (await import('./archives/bzip2.js')).bunzip2,
  },
]

const MAGIC_BYTES = 10
/** What begins a block of bzip2, and its end. */
const bzip2Blocks = [
  [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
  [0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
]

/** Whether `block` follows `BZh` and a digit, but for two damaged bytes, or as far as the data goes. */
function isNearly(bytes: Uint8Array, block: readonly number[]): boolean {
  const found = bytes.subarray(4, MAGIC_BYTES)
  const right = found.filter((byte, i) => byte === block[i]).length
  if (found.length === block.length) return right >= block.length - 2
  return right === found.length && bytes[3] > 0x30 && bytes[3] <= 0x39
}

/** A frame that zstd skips, which may come first. */
function isSkippable(bytes: Uint8Array): boolean {
  return (bytes[0] & 0xf0) === 0x50 && startsWith(bytes, [0x2a, 0x4d, 0x18], 1)
}

/** Decompresses gzip, zstd, xz or bzip2, by the first bytes; other input is passed on. Throws InputError if it is damaged. */
export async function* decompressed(
  input: AsyncIterable<Uint8Array>,
  label: string,
): AsyncGenerator<Uint8Array> {
  const source = input[Symbol.asyncIterator]()
  let first: Uint8Array = new Uint8Array(0)
  while (first.length < MAGIC_BYTES) {
    const { value, done } = await source.next()
    if (done) break
    first = first.length === 0 ? value : Buffer.concat([first, value])
  }
  const rest = whole(first, source)
  const archive = archives.find(({ begins }) => begins(first))
  if (archive) yield* (await archive.load())(rest, label)
  else yield* rest
}

async function* whole(first: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}
