import { createReadStream } from 'node:fs'
import { fileError, InputError } from '../input-error.js'
import { formatBytes } from '../report/format.js'
import { printable } from '../report/text.js'
import { surface } from './surface.js'

const CHUNK_BYTES = 1 << 20

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
}

/** The name of an input in messages; `-` is standard input. */
export const labelOf = (path: string) => (path === '-' ? 'standard input' : printable(path))

/** The bytes of a file, or of standard input for `-`, as they are read. Throws InputError, saying why, if they can't be. */
export const inputBytes = (path: string): AsyncIterable<Uint8Array> =>
  bytesOf(path, () =>
    path === '-' ? surface().stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES }),
  )

/** A longer text is none: it may be a device that never ends. */
const MAX_TEXT_BYTES = 400_000_000

/** The same as one text. */
export async function fileText(path: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of inputBytes(path)) {
    bytes += chunk.length
    if (bytes > MAX_TEXT_BYTES)
      throw new InputError(`${labelOf(path)} has more than ${formatBytes(MAX_TEXT_BYTES)}`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function* bytesOf(path: string, open: () => AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* open()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw fileError(error, `cannot read ${labelOf(path)}: ${reasons[code ?? ''] ?? message}`)
  }
}
