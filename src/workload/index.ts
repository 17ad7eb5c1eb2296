import type { OwnName } from '../own-name.js'
import { Hotspot } from './hotspot.js'
import { Mixed } from './mixed.js'
import { Sequence } from './sequence.js'
import { Uniform } from './uniform.js'
import type { Workload } from './workload.js'
import { Zipf } from './zipf.js'

export { Uniform } from './uniform.js'
export type { Workload } from './workload.js'
export { exponentForSkew, topShare, Zipf } from './zipf.js'

/** Requests that an experiment keeps at once: with what the optimum knows of each, some 400 MB. */
export const MAX_DRAWN = 30_000_000

/** The options of all workloads; each uses some. */
export interface WorkloadOptions {
  /** How many different keys there are. */
  readonly keys: number
  /** How many requests will be drawn. */
  readonly requests: number
  /** Zipf's exponent. */
  readonly exponent: number
  /** The same seed gives the same requests. */
  readonly seed: number
}

/** A workload's facts, for tables and for choosing. */
export interface WorkloadKind {
  /** A stream from its beginning. */
  create(options: WorkloadOptions): Workload
  /** Which keys are requested. */
  readonly idea: string
}

/** How often the hot set moves in the course of all requests. */
const HOTSPOT_MOVES = 10

const kinds = {
  zipf: {
    create: ({ keys, exponent, seed }) => new Zipf(keys, exponent, seed),
    idea: 'a few keys are very popular: the key of rank r in proportion to r^−s',
  },
  uniform: {
    create: ({ keys, seed }) => new Uniform(keys, seed),
    idea: 'every key is as likely as any other',
  },
  scan: {
    create: ({ requests }) => new Sequence('scan', requests),
    idea: 'every key once, in order: nothing can hit',
  },
  loop: {
    create: ({ keys }) => new Sequence('loop', keys),
    idea: 'all keys in order, again and again: LRU’s worst case',
  },
  hotspot: {
    create: ({ keys, requests, seed }) =>
      new Hotspot(keys, Math.max(1, Math.floor(requests / HOTSPOT_MOVES)), seed),
    idea: 'a hot tenth of the keys that moves on ten times',
  },
  mixed: {
    create: ({ keys, exponent, seed }) => new Mixed(keys, exponent, seed),
    idea: 'Zipf with scans in between: a test of scan resistance',
  },
} satisfies Record<string, WorkloadKind>

type BuiltIn = keyof typeof kinds
/** A workload of ours, or of a file that was loaded. */
export type WorkloadName = BuiltIn | OwnName
/**
 * The workloads of ours.
 *
 * @example
 * import { type WorkloadName, workloadNames } from 'cachelab/workload'
 * const all: readonly WorkloadName[] = workloadNames
 * all // [ 'zipf', 'uniform', 'scan', 'loop', 'hotspot', 'mixed' ]
 */
export const workloadNames = Object.keys(kinds) as BuiltIn[]

const all: Record<WorkloadName, WorkloadKind> = { ...kinds }

/**
 * Every workload by name.
 *
 * @example
 * import { type WorkloadKind, type WorkloadOptions, workloads } from 'cachelab/workload'
 * const options: WorkloadOptions = { keys: 4, requests: 6, exponent: 1, seed: 1 }
 * const loop: WorkloadKind = workloads.loop
 * const requests = new Uint32Array(6)
 * loop.create(options).next(requests)
 * requests // Uint32Array(6) [ 0, 1, 2, 3, 0, 1 ]
 */
export const workloads: Readonly<Record<WorkloadName, WorkloadKind>> = all

/** Adds a workload, which a file brings, under a name that is the file's. */
export function addWorkload(name: OwnName, kind: WorkloadKind): void {
  all[name] = kind
}
