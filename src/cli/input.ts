import { createReadStream } from 'node:fs'
import { InputError } from '../input-error.js'
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
  path === '-' ? surface().stdin : fileBytes(path)

/** The same as one text. */
export async function fileText(path: string): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of inputBytes(path)) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new InputError(`cannot read ${labelOf(path)}: ${reasons[code ?? ''] ?? message}`)
  }
}
