import { Readable } from 'node:stream'
import { InputError } from '../input-error.js'

const GZIP = [0x1f, 0x8b]
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd]

/** Decompresses gzip or zstd, by the first bytes; other input is passed on as it is. Throws InputError if it is damaged. */
export async function* decompressed(
  input: AsyncIterable<Uint8Array>,
  label: string,
): AsyncGenerator<Uint8Array> {
  const source = input[Symbol.asyncIterator]()
  let first: Uint8Array = new Uint8Array(0)
  while (first.length < ZSTD.length) {
    const { value, done } = await source.next()
    if (done) break
    first = first.length === 0 ? value : Buffer.concat([first, value])
  }
  const rest = whole(first, source)
  const begins = (magic: readonly number[]) => magic.every((byte, i) => first[i] === byte)
  if (begins(GZIP)) yield* gunzipped(rest, label)
  else if (begins(ZSTD)) yield* unzstandarded(rest, label)
  else yield* rest
}

async function* whole(first: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}

async function* gunzipped(input: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<Uint8Array> {
  const { createGunzip } = await import('node:zlib')
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  const source = Readable.from(input)
  // A file that can't be read ends the unpacking with the reader's own error.
  source.on('error', (error) => gunzip.destroy(error))
  try {
    yield* source.pipe(gunzip)
  } catch (error) {
    if (error instanceof InputError) throw error
    const cut = (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR'
    throw new InputError(`${label}: the gzip ${cut ? 'breaks off in the middle' : 'is damaged'}`)
  }
}

async function* unzstandarded(input: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  let ready: Uint8Array[] = []
  let ended = false
  const stream = new Decompress((chunk, final) => {
    ready.push(chunk)
    ended ||= final === true
  })
  try {
    for await (const chunk of input) {
      stream.push(chunk)
      yield* ready
      ready = []
    }
    stream.push(new Uint8Array(0), true)
    yield* ready
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(`${label}: the zstd data breaks off in the middle or is damaged`)
  }
  if (!ended) throw new InputError(`${label}: the zstd data breaks off in the middle`)
}
