import type { ByteHash } from '../hashing/index.js'
import { breathe } from '../parallel/breathe.js'
import type { KeySource } from './key-source.js'

/** How far a piece of work has come: what is done, and how much there is where that is known. */
export type Progress = (done: number, total: number | null) => void

/** Reports the parts of a whole that are done, one after the other. */
export function summed(progress: Progress | undefined, whole: number): (part: number) => void {
  let done = 0
  return (part) => {
    done += part
    progress?.(done, whole)
  }
}

/** A whole key list, hashed by each of the hashes: four bytes a key and hash. */
export async function keyPositions(
  keys: KeySource,
  hashes: readonly ByteHash[],
  progress?: Progress,
): Promise<Uint32Array[]> {
  let out = hashes.map(() => new Uint32Array(keys.count ?? 1 << 16))
  let done = 0
  for await (const batch of keys.batches(hashes)) {
    const needed = done + batch[0].length
    if (needed > out[0].length) out = out.map((array) => grown(array, Math.max(needed, done * 2)))
    for (const [h, positions] of batch.entries()) out[h].set(positions, done)
    done = needed
    progress?.(done, keys.count)
    await breathe()
  }
  return out.map((array) => array.subarray(0, done))
}

function grown(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(array)
  return larger
}
