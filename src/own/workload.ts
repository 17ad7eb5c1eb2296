import { InputError } from '../input-error.js'
import { createRandom } from '../random/random.js'
import { addWorkload, type Workload, type WorkloadOptions } from '../workload/index.js'
import { exportOf, isClass, type OwnExport, type OwnFile } from './source.js'

/** What a workload of a file is told: ours, and seeded numbers from 0 to 1. */
export interface OwnWorkloadOptions extends WorkloadOptions {
  /** The next number from 0 to 1 of a stream that the seed decides. */
  readonly random: () => number
}

/**
 * What a workload of a file gives: an object that fills an array with the next requests, a function that gives the next
 * request, or a generator of them. Keys are whole numbers below keyCount, which is --keys where the object doesn't say.
 *
 * @example
 * import { hitRatio } from 'cachelab/eviction'
 * import type { OwnWorkload, OwnWorkloadOptions } from 'cachelab/workload'
 * // Every second request is for key 0.
 * function half({ keys, random }: OwnWorkloadOptions): OwnWorkload {
 *   return () => (random() < 0.5 ? 0 : Math.floor(random() * keys))
 * }
 * const { tables } = await hitRatio({ policies: ['lru'], workloads: [half], capacity: 1, runs: 1 })
 * tables[0].rows[0].hitRatio // 0.2527
 */
export type OwnWorkload =
  | { readonly keyCount?: number; next(out: Uint32Array): void }
  | (() => number)
  | Iterator<number>

/** Registers the workload of a file under the file's name. */
export function addOwnWorkload(file: OwnFile): void {
  const found = exportOf(file)
  const { name } = file
  addWorkload(name, {
    idea: `the rule of ${name}`,
    create(options) {
      const random = createRandom(options.seed, 'workload of a file')
      const settings: OwnWorkloadOptions = { ...options, random: () => random.next() }
      const given = isClass(found, 'next') ? new found(settings) : found(settings)
      return new WorkloadOfFile(name, Number(given?.keyCount ?? options.keys), drawnBy(name, given))
    },
  })
}

class WorkloadOfFile implements Workload {
  constructor(
    readonly name: string,
    readonly keyCount: number,
    private readonly draw: (out: Uint32Array) => void,
  ) {
    if (!Number.isInteger(keyCount) || keyCount < 1)
      throw new InputError(`${name}: keyCount must be a whole number of at least 1, and is ${keyCount}`)
  }

  next(out: Uint32Array): void {
    this.draw(out)
    for (let i = 0; i < out.length; i++)
      if (out[i] >= this.keyCount) throw outside(this.name, out[i], this.keyCount)
  }
}

function drawnBy(name: string, given: OwnExport): (out: Uint32Array) => void {
  const isIterator = typeof given?.[Symbol.iterator] === 'function'
  if (typeof given?.next === 'function' && !isIterator) return (out) => given.next(out)
  if (typeof given !== 'function' && !isIterator)
    throw new InputError(`${name} must give an object with next(out), a function () => key, or a generator`)
  const nextKey = isIterator ? () => given.next().value : given
  return (out) => {
    for (let i = 0; i < out.length; i++) {
      const key: unknown = nextKey()
      if (typeof key !== 'number' || !Number.isInteger(key) || key < 0) throw outside(name, key)
      out[i] = key
    }
  }
}

const outside = (name: string, key: unknown, keyCount?: number): InputError =>
  new InputError(
    `${name}: a request must be for a whole number ${keyCount === undefined ? 'of at least 0' : `from 0 to ${keyCount - 1} (--keys, or keyCount)`}, and is ${key === undefined ? 'missing' : String(key)}`,
  )
