import type { ByteHash } from '../hashing/index.js'
import { breathe } from '../parallel/breathe.js'
import type { Progress } from '../parallel/progress.js'
import type { KeySource } from './key-source.js'

/**
 * Shows a key list, hashed by each of the hashes, to `visit` a batch at a time, with the number of keys before it: for
 * what need not keep them. The arrays are reused. How many keys there are in all.
 */
export async function visitKeys(
  keys: KeySource,
  hashes: readonly ByteHash[],
  visit: (batch: readonly Uint32Array[], before: number) => void,
  progress?: Progress,
): Promise<number> {
  let done = 0
  for await (const batch of keys.batches(hashes)) {
    visit(batch, done)
    done += batch[0].length
    progress?.(done, keys.count)
    await breathe()
  }
  return done
}

/** A whole key list, hashed by each of the hashes: four bytes a key and hash. */
export async function keyPositions(
  keys: KeySource,
  hashes: readonly ByteHash[],
  progress?: Progress,
): Promise<Uint32Array[]> {
  let out = hashes.map(() => new Uint32Array(keys.count ?? 1 << 16))
  const keep = (batch: readonly Uint32Array[], before: number): void => {
    const needed = before + batch[0].length
    if (needed > out[0].length) out = out.map((array) => grown(array, Math.max(needed, before * 2)))
    for (const [h, positions] of batch.entries()) out[h].set(positions, before)
  }
  const count = await visitKeys(keys, hashes, keep, progress)
  return out.map((array) => array.subarray(0, count))
}

function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(array)
  return larger
}
