import { Xxh64 } from '../../hashing/xxh64.js'
import { InputError } from '../../input-error.js'
import { archiveError, ByteReader, type Decompressor } from './archive.js'

const ZSTD = [0x28, 0xb5, 0x2f, 0xfd]
/** Skippable frames begin with these, whatever the first half of the first byte is. */
const isSkippable = (magic: Uint8Array) =>
  (magic[0] & 0xf0) === 0x50 && magic[1] === 0x2a && magic[2] === 0x4d && magic[3] === 0x18
const DICTIONARY_BYTES = [0, 1, 2, 4]
const SIZE_BYTES = [0, 2, 4, 8]
/** Kinds of blocks: one byte that is repeated, and one that isn't in use. */
const [REPEATED, RESERVED] = [1, 3]
const CHECKSUM_BYTES = 4
/** Bytes of a frame that is skipped, at a time. */
const SKIPPED = 1 << 20

/** Whether data begins with a frame of zstd. */
export const isZstd = (bytes: Uint8Array): boolean =>
  bytes.length >= ZSTD.length && (isSkippable(bytes) || ZSTD.every((byte, i) => bytes[i] === byte))

/** Zstandard of one or more frames, with their sizes and checksums where they have them (RFC 8878). */
export const unzstd: Decompressor = async function* (input, label) {
  const reader = new ByteReader(input)
  for (;;) {
    const magic = await reader.take(ZSTD.length)
    if (magic.length === 0) return
    if (!isZstd(magic)) throw archiveError(label, 'zstd data', magic.length < ZSTD.length ? 'cut' : 'damaged')
    const frame = new Frame(reader, label)
    if (isSkippable(magic)) await frame.skip()
    else yield* frame.read(magic)
  }
}

interface FrameHeader {
  readonly bytes: Uint8Array
  /** Bytes of the content, if the header says so. */
  readonly size: bigint | undefined
  readonly hasChecksum: boolean
}

class Frame {
  constructor(
    private readonly input: ByteReader,
    private readonly label: string,
  ) {}

  async skip(): Promise<void> {
    const length = Buffer.from(await this.exactly(4)).readUInt32LE()
    for (let rest = length; rest > 0; rest -= SKIPPED) await this.exactly(Math.min(rest, SKIPPED))
  }

  async *read(magic: Uint8Array): AsyncGenerator<Uint8Array> {
    const { Decompress } = await import('fzstd')
    const header = await this.header(magic)
    const hash = header.hasChecksum ? new Xxh64() : undefined
    let ready: Uint8Array[] = []
    let size = 0n
    const frame = new Decompress((chunk) => {
      hash?.update(chunk)
      size += BigInt(chunk.length)
      // The decompressor goes on to use what it gives away.
      ready.push(chunk.slice())
    })
    this.push(frame, header.bytes)
    for (let isLast = false; !isLast; ) {
      const start = await this.exactly(3)
      isLast = (start[0] & 1) === 1
      const kind = (start[0] >> 1) & 3
      const length = (start[0] | (start[1] << 8) | (start[2] << 16)) >> 3
      if (kind === RESERVED) throw this.error('damaged')
      this.push(frame, Buffer.concat([start, await this.exactly(kind === REPEATED ? 1 : length)]))
      yield* ready
      ready = []
    }
    const checksum = await this.exactly(header.hasChecksum ? CHECKSUM_BYTES : 0)
    this.push(frame, checksum)
    yield* ready
    // The checksum is the low half of the hash.
    if (hash && BigInt.asUintN(32, hash.digest()) !== BigInt(Buffer.from(checksum).readUInt32LE()))
      throw this.error('is damaged: its checksum is wrong')
    if (header.size !== undefined && header.size !== size) throw this.error('damaged')
  }

  private async header(magic: Uint8Array): Promise<FrameHeader> {
    const [flags] = await this.exactly(1)
    const isSingle = (flags & 0x20) !== 0
    const sizeBytes = flags >> 6 === 0 ? (isSingle ? 1 : 0) : SIZE_BYTES[flags >> 6]
    const window = await this.exactly(isSingle ? 0 : 1)
    const dictionary = Buffer.from(await this.exactly(DICTIONARY_BYTES[flags & 3]))
    if (dictionary.some((byte) => byte !== 0))
      throw this.error(
        `needs a dictionary, number ${dictionary.readUIntLE(0, dictionary.length)}; decompress it first: zstd -d -D DICTIONARY`,
      )
    const size = await this.exactly(sizeBytes)
    const padded = Buffer.concat([size, new Uint8Array(8 - sizeBytes)]).readBigUInt64LE()
    return {
      bytes: Buffer.concat([magic, Uint8Array.of(flags), window, dictionary, size]),
      size: sizeBytes === 0 ? undefined : padded + (sizeBytes === 2 ? 256n : 0n),
      hasChecksum: (flags & 4) !== 0,
    }
  }

  private push(frame: { push(chunk: Uint8Array): void }, bytes: Uint8Array): void {
    try {
      frame.push(bytes)
    } catch (error) {
      if (error instanceof InputError) throw error
      throw this.error('damaged')
    }
  }

  private async exactly(count: number): Promise<Uint8Array> {
    const bytes = await this.input.take(count)
    if (bytes.length < count) throw this.error('cut')
    return bytes
  }

  private error(problem: string): InputError {
    return archiveError(this.label, 'zstd data', problem)
  }
}
