import { createReadStream } from 'node:fs'
import { InputError } from '../input-error.js'
import { type KeySource, LineKeys, numberedKeys } from '../keys/index.js'
import { printable } from '../report/format.js'

const CHUNK_BYTES = 1 << 20

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
}

/** The keys that `--keys` and `--keys-from` ask for. */
export function keysFrom(flags: { keys: number; keysFrom?: string }): KeySource {
  return flags.keysFrom === undefined ? numberedKeys(flags.keys) : lineKeys(flags.keysFrom)
}

/** Keys from a file's lines, or from standard input for `-`. */
export function lineKeys(path: string): LineKeys {
  if (path === '') throw new InputError('--keys-from must name a file, got ""')
  const label = path === '-' ? 'standard input' : printable(path)
  return new LineKeys(label, path === '-' ? process.stdin : fileBytes(path, label))
}

/** A file's bytes as they are read. Throws InputError, saying why, if they can't be. */
export async function* fileBytes(path: string, label: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new InputError(`cannot read ${label}: ${reasons[code ?? ''] ?? message}`)
  }
}
