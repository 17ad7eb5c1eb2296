import type { HashFunction } from '../../hashing/index.js'
import type { KeySource, Progress } from '../../keys/index.js'
import { fact } from '../../parallel/division.js'
import { type KnownKeys, readKeys } from './setup.js'

/** A list of keys as every machine that does a part of the work finds it. */
export interface SharedKeys {
  readonly keys: KnownKeys
  readonly total: number
  /** Undefined where parts are merged, which reads no keys. */
  readonly positions: Uint32Array | undefined
}

/** Reads the keys that all tasks of an experiment use. Throws InputError where the parts were of other keys. */
export async function sharedKeys(
  source: KeySource,
  hash: HashFunction,
  progress?: Progress,
): Promise<SharedKeys> {
  let positions: Uint32Array | undefined
  const { total, blankLines, repeated } = await fact('the list of keys', async () => {
    ;[positions] = await readKeys(source, [hash], progress)
    const { blankLines, repeated = null } = source
    return {
      total: positions.length,
      sum: positions.reduce((sum, at) => (sum + at) >>> 0, 0),
      blankLines,
      repeated,
    }
  })
  const { label, count } = source
  return { keys: { label, count, blankLines, ...(repeated && { repeated }) }, total, positions }
}
