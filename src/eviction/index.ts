import type { OwnName } from '../own-name.js'
import { AdaptSize } from './adaptsize.js'
import { Arc } from './arc.js'
import { ClockPolicy } from './clock.js'
import facts from './facts.json' with { type: 'json' }
import { Fifo } from './fifo.js'
import { Gdsf } from './gdsf.js'
import { Lfu } from './lfu.js'
import { Lhd } from './lhd.js'
import { Lirs } from './lirs.js'
import { Lru } from './lru.js'
import { MemcachedLru } from './memcached.js'
import { Opt } from './opt.js'
import { OptSize } from './opt-size.js'
import type { Clock, EvictionPolicy } from './policy.js'
import { RandomEviction } from './random.js'
import { RedisLfu, RedisLru } from './redis.js'
import { S3Fifo } from './s3-fifo.js'
import { Sieve } from './sieve.js'
import { SizePolicy } from './size.js'
import { Slru } from './slru.js'
import { TwoQ } from './two-q.js'
import { WTinyLfu } from './w-tinylfu.js'
import { WTinyLfuAdaptive } from './w-tinylfu-adaptive.js'

export type { Clock, EvictionPolicy, Queue, QueueEntry } from './policy.js'

/** The options of all policies; each policy uses a subset. */
export interface PolicyOptions {
  /** Keys, or bytes where the keys have sizes. */
  readonly capacity: number
  /** Keys are 0 … keyCount − 1. */
  readonly keyCount: number
  /** Decides what is drawn at random. */
  readonly seed: number
  /** Requests a second of virtual time, for policies with a clock. */
  readonly rate: number
  /** All requests in order, for the optimum. */
  readonly requests: Uint32Array
  /** The sizes of the keys, where they have any: the capacity is in bytes then. */
  readonly sizes?: ArrayLike<number> | undefined
  /** For policies with a clock: the time of the request, instead of the rate's. */
  readonly clock?: Clock | undefined
}

/** A policy with its facts from facts.json, for tables and for choosing. */
export interface PolicyKind {
  /** An empty cache. */
  create(options: PolicyOptions): EvictionPolicy
  /** Which key leaves. */
  readonly idea: string
  /** Cost of a hit, such as O(1). */
  readonly hit: string
  /** Cost of a miss. */
  readonly miss: string
  /** Bytes a key. */
  readonly memory: string
  /** What it is bad at. */
  readonly weakness: string
  /** Where it was described. */
  readonly paper: string
  /** Reason for the choice of the evicted key: ends the sentence "X leaves: …". */
  readonly reason: string
  /** The policy of ours that this one is meant to be, so that a report says where they differ. */
  readonly like?: PolicyName
}

/** The same, and whether requests have sizes. */
type Created = PolicyOptions & { readonly sized: boolean }

const creators = {
  lru: ({ capacity, keyCount, sized }) => new Lru(capacity, keyCount, sized),
  lfu: ({ capacity, keyCount, sized }) => new Lfu(capacity, keyCount, sized),
  random: ({ capacity, keyCount, seed, sized }) => new RandomEviction(capacity, keyCount, seed, sized),
  fifo: ({ capacity, keyCount, sized }) => new Fifo(capacity, keyCount, sized),
  clock: ({ capacity, keyCount, sized }) => new ClockPolicy(capacity, keyCount, sized),
  sieve: ({ capacity, keyCount, sized }) => new Sieve(capacity, keyCount, sized),
  's3-fifo': ({ capacity, keyCount, sized }) => new S3Fifo(capacity, keyCount, sized),
  slru: ({ capacity, keyCount, sized }) => new Slru(capacity, keyCount, sized),
  '2q': ({ capacity, keyCount, sized }) => new TwoQ(capacity, keyCount, sized),
  arc: ({ capacity, keyCount, sized }) => new Arc(capacity, keyCount, sized),
  lirs: ({ capacity, keyCount, sized }) => new Lirs(capacity, keyCount, sized),
  'w-tinylfu': (options) => new WTinyLfu(options),
  'w-tinylfu-adaptive': (options) => new WTinyLfuAdaptive(options),
  gdsf: ({ capacity, keyCount, sized }) => new Gdsf(capacity, keyCount, sized),
  lhd: ({ capacity, keyCount, seed, sized }) => new Lhd(capacity, keyCount, seed, sized),
  size: ({ capacity, keyCount, sized }) => new SizePolicy(capacity, keyCount, sized),
  adaptsize: ({ capacity, keyCount, seed, sized }) => new AdaptSize(capacity, keyCount, seed, sized),
  opt: ({ capacity, keyCount, requests, sized }) => new Opt(capacity, keyCount, requests, sized),
  'opt-size': ({ capacity, keyCount, requests, sizes }) => new OptSize(capacity, keyCount, requests, sizes),
  'redis-lru': ({ capacity, keyCount, ...options }) => new RedisLru(capacity, keyCount, options),
  'redis-lfu': ({ capacity, keyCount, ...options }) => new RedisLfu(capacity, keyCount, options),
  'memcached-lru': ({ capacity, keyCount, sized }) => new MemcachedLru(capacity, keyCount, capacity, sized),
} satisfies Record<string, (options: Created) => EvictionPolicy>

type BuiltIn = keyof typeof creators
/** A policy of ours, or of a file that was loaded. */
export type PolicyName = BuiltIn | OwnName
/**
 * The policies of ours.
 *
 * @example
 * import { type PolicyName, policyNames } from 'cachelab/eviction'
 * const named = (text: string): text is PolicyName => policyNames.some((name) => name === text)
 * policyNames.slice(0, 4) // [ 'lru', 'lfu', 'random', 'fifo' ]
 * named('clock') // true
 */
export const policyNames = Object.keys(creators) as BuiltIn[]

const factsOf: Readonly<Record<BuiltIn, Omit<PolicyKind, 'create'>>> = facts

const kinds = Object.fromEntries(
  policyNames.map((name): [PolicyName, PolicyKind] => {
    const create = (options: PolicyOptions) =>
      creators[name]({ ...options, sized: options.sizes !== undefined })
    return [name, { create, ...factsOf[name] }]
  }),
) as Record<PolicyName, PolicyKind>

/**
 * Every policy by name.
 *
 * @example
 * import { policies, type PolicyKind, type PolicyOptions, simulate } from 'cachelab/eviction'
 * const requests = Uint32Array.of(0, 1, 2, 0, 1, 3, 0, 1)
 * const options: PolicyOptions = { capacity: 3, keyCount: 4, seed: 1, rate: 1000, requests }
 * const lru: PolicyKind = policies.lru
 * const cache = lru.create(options)
 * simulate(cache, requests) // 4
 * lru.weakness // 'a scan or a loop larger than the cache empties it'
 */
export const policies: Readonly<Record<PolicyName, PolicyKind>> = kinds

/** Adds a policy, which a file brings, under a name that is the file's. */
export function addPolicy(name: OwnName, kind: PolicyKind): void {
  kinds[name] = kind
}
