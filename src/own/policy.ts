import {
  addPolicy,
  type EvictionPolicy,
  type PolicyName,
  type PolicyOptions,
  type Queue,
} from '../eviction/index.js'
import { InputError, NotOffered } from '../input-error.js'
import { createRandom } from '../random/random.js'
import { exportOf, isClass, misfit, type OwnExport, type OwnFile, parametersOf } from './source.js'

/**
 * What a policy of a file has. Only `access` must be there; commands that need more say so. An object of a class is made
 * by `new Class(capacity, options)`, any other by calling the function with the same.
 *
 * @example
 * import { hitRatio, type OwnPolicy, type OwnPolicyOptions } from 'cachelab/eviction'
 * // Never evicts: what fits first stays.
 * class Static implements OwnPolicy {
 *   private readonly inside = new Set<number>()
 *   constructor(private readonly capacity: number, readonly options: OwnPolicyOptions) {}
 *   access(key: number): boolean {
 *     const hit = this.inside.has(key)
 *     if (this.inside.size < this.capacity) this.inside.add(key)
 *     return hit
 *   }
 * }
 * const { tables } = await hitRatio({ policies: ['lru', Static], workloads: 'zipf', runs: 1 })
 * tables[0].rows.map(({ policy, hits }) => `${policy} ${hits}`) // [ 'lru 6018', './Static 5924' ]
 */
export interface OwnPolicy {
  /** Requests a key; true on a hit. With sizes, in bytes, where the requests have any. */
  access(key: number, size?: number): boolean
  /** Whether a key is inside, without requesting it: some commands need it. */
  has?(key: number): boolean
  /** Takes a key out: for requests that delete, expire or change sizes. */
  remove?(key: number): void
  /** What is inside, for display: queues with their keys. */
  queues?(): Queue[]
}

/** What a policy of a file is told beside its capacity: ours, seeded numbers from 0 to 1, and what --policy-option gives. */
export interface OwnPolicyOptions extends PolicyOptions {
  /** The next number from 0 to 1 of a stream that the seed decides. */
  readonly random: () => number
  readonly [option: string]: unknown
}

/** A cache with the methods that a policy of a file may lack. */
type Create = (options: OwnPolicyOptions) => EvictionPolicy

/** Registers the policy of a file under the file's name. Throws InputError where it doesn't fit. */
export function addOwnPolicy(file: OwnFile): void {
  const { name, part, exports } = file
  const ofCourse = part !== undefined && !(part in exports) && typeof exports.simulate === 'function'
  const create = ofCourse ? ofExercise(file, part, exports.simulate) : ofExport(file)
  addPolicy(name, {
    create: (settings) => create(optionsFor(file, settings)),
    ...{ idea: `the rule of ${name}`, reason: 'its own rule' },
    ...{ hit: '', miss: '', memory: '', weakness: '', paper: '' },
    ...(ofCourse && part !== 'random' ? { like: part as PolicyName } : {}),
  })
}

function optionsFor({ options }: OwnFile, settings: PolicyOptions): OwnPolicyOptions {
  const random = createRandom(settings.seed, 'policy of a file')
  return { ...options, ...settings, random: () => random.next() }
}

function ofExport(file: OwnFile): Create {
  const found = exportOf(file)
  const isOfClass = isClass(found, 'access')
  const Cache = cacheClass(file)
  const create: Create = (options) => {
    const given = isOfClass ? new found(options.capacity, options) : found(options.capacity, options)
    const cache: OwnPolicy = typeof given === 'function' ? { access: given } : given
    if (typeof cache?.access !== 'function') throw misfit(file)
    if (options.sizes) checkSizes(file, cache.access)
    return new Cache(cache, options)
  }
  // What can't be a policy is said before anything runs, and before it counts as one that never hits.
  const probe = create(optionsFor(file, PROBE))
  const results: unknown[] = [probe.access(0, 1), probe.access(0, 1)]
  if (results[0] !== false || typeof results[1] !== 'boolean')
    throw new InputError(
      `${file.name}: access(key) must give true for a hit and false for a miss; two requests of one key gave ${results.join(' and ')}`,
    )
  return create
}

const PROBE = { capacity: 10, keyCount: 10, seed: 1, rate: 1, requests: Uint32Array.of(0, 0) }

/** A class for each file, so that the loop over requests is compiled for it alone; it adds what the policy lacks. */
function cacheClass({ name }: OwnFile) {
  return class implements EvictionPolicy {
    readonly capacity: number
    readonly used = 0

    constructor(
      private readonly cache: OwnPolicy,
      private readonly options: OwnPolicyOptions,
    ) {
      this.capacity = options.capacity
    }

    access(key: number, size?: number): boolean {
      return this.cache.access(key, size)
    }

    has(key: number): boolean {
      if (this.cache.has) return this.cache.has(key)
      throw new NotOffered(
        `${name} has no has(key), which is asked here: whether a key is cached, without requesting it`,
        'no has(key)',
      )
    }

    remove(key: number): void {
      if (!this.cache.remove)
        throw new NotOffered(
          `${name} has no remove(key), which is called here: keys are deleted, expire, or change their size`,
          'no remove(key)',
        )
      this.cache.remove(key)
    }

    /** Its own, else the keys inside, where it can be asked for each. */
    queues(): Queue[] {
      const { cache, options } = this
      if (cache.queues) return cache.queues()
      if (!cache.has) return []
      const keys = Array.from({ length: options.keyCount }, (_, key) => key)
      return [{ name: 'keys', entries: keys.filter((key) => cache.has?.(key)).map((key) => ({ key })) }]
    }
  }
}

function checkSizes({ name }: OwnFile, access: OwnExport): void {
  if (parametersOf(access) < 2)
    throw new NotOffered(
      `${name}: the capacity is in bytes, and access(key) takes no size; it has to be access(key, size)`,
      'access(key) takes no size',
    )
}

interface Step {
  readonly hit: boolean
}

/** A solution of the exercise on eviction, which is given all requests at once: simulate(policy, capacity, requests). */
function ofExercise(file: OwnFile, policy: string, simulate: OwnExport): Create {
  const Cache = cacheClass(file)
  return (options) => {
    const { capacity, requests, sizes } = options
    if (sizes) checkSizes(file, simulate)
    const steps: Step[] = simulate(policy, capacity, Array.from(requests, String))
    if (!Array.isArray(steps) || steps.length !== requests.length)
      throw new InputError(
        `${file.name}: simulate must give an array of one step a request, ${requests.length}`,
      )
    let at = 0
    const access = (key: number) => {
      if (requests[at] !== key)
        throw new InputError(`${file.name} is given all requests at once, so that it can be one cache only`)
      return steps[at++]?.hit === true
    }
    return new Cache({ access }, options)
  }
}
