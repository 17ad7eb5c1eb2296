import { Arc } from './arc.js'
import { ClockPolicy } from './clock.js'
import facts from './facts.json' with { type: 'json' }
import { Fifo } from './fifo.js'
import { Lfu } from './lfu.js'
import { Lirs } from './lirs.js'
import { Lru } from './lru.js'
import { MemcachedLru } from './memcached.js'
import { Opt } from './opt.js'
import type { EvictionPolicy } from './policy.js'
import { RandomEviction } from './random.js'
import { RedisLfu, RedisLru } from './redis.js'
import { S3Fifo } from './s3-fifo.js'
import { Sieve } from './sieve.js'
import { Slru } from './slru.js'
import { TwoQ } from './two-q.js'
import { WTinyLfu } from './w-tinylfu.js'
import { WTinyLfuAdaptive } from './w-tinylfu-adaptive.js'

export type { EvictionPolicy, Queue, QueueEntry } from './policy.js'

/** The options of all policies; each policy uses a subset. */
export interface PolicyOptions {
  readonly capacity: number
  readonly keyCount: number
  readonly seed: number
  /** Requests a second of virtual time, for policies with a clock. */
  readonly rate: number
  /** All requests in order, for the optimum. */
  readonly requests: Uint32Array
}

/** A policy with its facts from facts.json, for tables and for choosing. */
export interface PolicyKind {
  create(options: PolicyOptions): EvictionPolicy
  readonly idea: string
  /** Cost of a hit and of a miss. */
  readonly hit: string
  readonly miss: string
  /** Bytes a key. */
  readonly memory: string
  readonly weakness: string
  readonly paper: string
  /** Reason for the choice of the evicted key: ends the sentence "X leaves: …". */
  readonly reason: string
}

const creators = {
  lru: ({ capacity, keyCount }) => new Lru(capacity, keyCount),
  lfu: ({ capacity, keyCount }) => new Lfu(capacity, keyCount),
  random: ({ capacity, keyCount, seed }) => new RandomEviction(capacity, keyCount, seed),
  fifo: ({ capacity, keyCount }) => new Fifo(capacity, keyCount),
  clock: ({ capacity, keyCount }) => new ClockPolicy(capacity, keyCount),
  sieve: ({ capacity, keyCount }) => new Sieve(capacity, keyCount),
  's3-fifo': ({ capacity, keyCount }) => new S3Fifo(capacity, keyCount),
  slru: ({ capacity, keyCount }) => new Slru(capacity, keyCount),
  '2q': ({ capacity, keyCount }) => new TwoQ(capacity, keyCount),
  arc: ({ capacity, keyCount }) => new Arc(capacity, keyCount),
  lirs: ({ capacity, keyCount }) => new Lirs(capacity, keyCount),
  'w-tinylfu': ({ capacity, keyCount, seed }) => new WTinyLfu(capacity, keyCount, seed),
  'w-tinylfu-adaptive': ({ capacity, keyCount, seed }) => new WTinyLfuAdaptive(capacity, keyCount, seed),
  opt: ({ capacity, keyCount, requests }) => new Opt(capacity, keyCount, requests),
  'redis-lru': ({ capacity, keyCount, rate, seed }) => new RedisLru(capacity, keyCount, { rate, seed }),
  'redis-lfu': ({ capacity, keyCount, rate, seed }) => new RedisLfu(capacity, keyCount, { rate, seed }),
  'memcached-lru': ({ capacity, keyCount }) => new MemcachedLru(capacity, keyCount),
} satisfies Record<string, PolicyKind['create']>

export type PolicyName = keyof typeof creators
export const policyNames = Object.keys(creators) as PolicyName[]

const factsOf: Readonly<Record<PolicyName, Omit<PolicyKind, 'create'>>> = facts

/** Every policy by name. */
export const policies = Object.fromEntries(
  policyNames.map((name): [PolicyName, PolicyKind] => [name, { create: creators[name], ...factsOf[name] }]),
) as Readonly<Record<PolicyName, PolicyKind>>
