import { Readable } from 'node:stream'
import { InputError } from '../../input-error.js'
import { archiveError, type Decompressor } from './archive.js'

const XZ = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
const FOOTER = Buffer.from('YZ')
const MAGIC = Buffer.from(XZ)
/** Bytes that are held back, so that a boundary isn't missed between two pieces: a footer, padding, a header. */
const HELD = 64

/** The xz decoder's codes of errors, in its message. */
const UNSUPPORTED = 6
const CUT = 8

/** Xz of one or more streams, with their checksums (The .xz File Format 1.1.0). */
export const unxz: Decompressor = async function* (input, label) {
  const { XzReadableStream } = await import('xz-decompress')
  const streams = new Streams(input)
  try {
    for (let isFirst = true; isFirst || streams.hasMore; isFirst = false) {
      const source = Readable.toWeb(Readable.from(streams.next())) as ReadableStream<Uint8Array>
      yield* new XzReadableStream(source) as unknown as AsyncIterable<Uint8Array>
      await streams.pass()
    }
  } catch (error) {
    if (error instanceof InputError) throw error
    const code = Number(/error code (\d+)/.exec(String(error))?.[1] ?? CUT)
    throw archiveError(
      label,
      'xz data',
      code === CUT
        ? 'cut'
        : code === UNSUPPORTED
          ? 'has a checksum or filter that is not supported; decompress it first: xz -dc'
          : 'damaged',
    )
  }
}

/** The streams of an xz file, each of which the decoder wants alone. */
class Streams {
  hasMore = false
  private readonly source: AsyncIterator<Uint8Array>
  private pending: Uint8Array = new Uint8Array(0)
  private isDone = false

  constructor(input: AsyncIterable<Uint8Array>) {
    this.source = input[Symbol.asyncIterator]()
  }

  /** The bytes up to the next stream. */
  async *next(): AsyncGenerator<Uint8Array> {
    this.hasMore = false
    while (!this.hasMore) {
      const boundary = this.boundary()
      if (boundary >= 0) {
        this.hasMore = true
        yield this.give(boundary)
      } else if (this.isDone) {
        if (this.pending.length === 0) return
        yield this.give(this.pending.length)
      } else {
        if (this.pending.length > HELD) yield this.give(this.pending.length - HELD)
        await this.fill()
      }
    }
  }

  /** Passes over what the decoder left of the stream. */
  async pass(): Promise<void> {
    if (this.hasMore) return
    for await (const _ of this.next());
  }

  private async fill(): Promise<void> {
    const { value, done } = await this.source.next()
    if (done) this.isDone = true
    else this.pending = Buffer.concat([this.pending, value])
  }

  private give(count: number): Uint8Array {
    const given = this.pending.subarray(0, count)
    this.pending = this.pending.subarray(count)
    return given
  }

  /** Where the next stream begins: a header behind a footer, with zeros between them; -1 for nowhere in what is here. */
  private boundary(): number {
    const bytes = Buffer.from(this.pending.buffer, this.pending.byteOffset, this.pending.byteLength)
    for (let at = bytes.indexOf(MAGIC, 1); at > 0; at = bytes.indexOf(MAGIC, at + 1)) {
      let end = at
      while (end > 0 && bytes[end - 1] === 0) end--
      if (end >= FOOTER.length && bytes.subarray(end - FOOTER.length, end).equals(FOOTER)) return at
    }
    return -1
  }
}
