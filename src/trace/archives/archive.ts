import { InputError } from '../../input-error.js'

/** Decompresses what comes; its errors are InputErrors that name the input. */
export type Decompressor = (input: AsyncIterable<Uint8Array>, label: string) => AsyncGenerator<Uint8Array>

/** The error for data of a kind, such as `gzip`, that can't be read: it ends early, is damaged, or what else is said of it. */
export const archiveError = (label: string, kind: string, problem: 'cut' | 'damaged' | (string & {})) =>
  new InputError(
    `${label}: the ${kind} ${problem === 'cut' ? 'ends early' : problem === 'damaged' ? 'is damaged' : problem}`,
  )

/** Bytes of a stream, so many at a time as are asked for. */
export class ByteReader {
  private readonly source: AsyncIterator<Uint8Array>
  private rest: Uint8Array = new Uint8Array(0)

  constructor(input: AsyncIterable<Uint8Array>) {
    this.source = input[Symbol.asyncIterator]()
  }

  /** The next bytes; fewer only at the end of the data. */
  async take(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for (let missing = count; missing > 0; ) {
      if (this.rest.length === 0) {
        const { value, done } = await this.source.next()
        if (done) break
        this.rest = value
        continue
      }
      const part = this.rest.subarray(0, missing)
      parts.push(part)
      this.rest = this.rest.subarray(part.length)
      missing -= part.length
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts)
  }
}
