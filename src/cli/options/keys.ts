import { InputError } from '../../input-error.js'
import { type KeySource, LineKeys, numberedKeys } from '../../keys/index.js'
import { inputBytes, labelOf } from '../input.js'

/** The keys that `--keys` and `--keys-from` ask for. */
export function keysFrom(flags: { keys: number; keysFrom?: string }): KeySource {
  return flags.keysFrom === undefined ? numberedKeys(flags.keys) : lineKeys(flags.keysFrom)
}

/** Keys from a file's lines, or from standard input for `-`. */
export function lineKeys(path: string): LineKeys {
  if (path === '') throw new InputError('--keys-from must name a file, got ""')
  return new LineKeys(labelOf(path), inputBytes(path))
}
