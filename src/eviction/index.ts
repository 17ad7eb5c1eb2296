import { Arc } from './arc.js'
import { Clock } from './clock.js'
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

export type { Entry, EvictionPolicy, Queue } from './policy.js'

/** Everything that some policy is made from; each takes what it needs. */
export interface PolicyOptions {
  readonly capacity: number
  readonly keyCount: number
  readonly seed: number
  /** Requests a second of virtual time, for the policies that look at a clock. */
  readonly rate: number
  /** All requests in their order, for the policy that knows the future. */
  readonly requests: Uint32Array
}

/** A policy's facts, for tables and for choosing. */
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
  /** Why the key that leaves is the one: ends the sentence "X leaves: …". */
  readonly reason: string
}

const kinds = {
  lru: {
    create: ({ capacity, keyCount }) => new Lru(capacity, keyCount),
    idea: 'the key not used for longest leaves',
    hit: 'O(1)',
    miss: 'O(1)',
    memory: '4.1 + 12 a slot',
    weakness: 'a scan or a loop larger than the cache empties it',
    paper: 'Mattson et al. 1970',
    reason: 'it was not used for longest',
  },
  lfu: {
    create: ({ capacity, keyCount }) => new Lfu(capacity, keyCount),
    idea: 'the key used least often leaves',
    hit: 'O(1)',
    miss: 'O(log capacity)',
    memory: '4.5 + 32 a slot',
    weakness: 'yesterday’s favourites stay for ever',
    paper: 'Shah et al. 2010',
    reason: 'it has the lowest count, and of those was not used for longest',
  },
  random: {
    create: ({ capacity, keyCount, seed }) => new RandomEviction(capacity, keyCount, seed),
    idea: 'any key leaves',
    hit: 'O(1)',
    miss: 'O(1)',
    memory: '0.5 + 4 a slot',
    weakness: 'learns nothing',
    paper: '–',
    reason: 'it was drawn',
  },
  fifo: {
    create: ({ capacity, keyCount }) => new Fifo(capacity, keyCount),
    idea: 'the key that came first leaves',
    hit: 'O(1)',
    miss: 'O(1)',
    memory: '0.5 + 4 a slot',
    weakness: 'drops popular keys in their turn',
    paper: '–',
    reason: 'it came first',
  },
  clock: {
    create: ({ capacity, keyCount }) => new Clock(capacity, keyCount),
    idea: 'FIFO with a second chance for keys used since',
    hit: 'O(1)',
    miss: 'O(1) amortized',
    memory: '0.5 + 4 a slot',
    weakness: 'the same as LRU’s',
    paper: 'Corbató 1968',
    reason: 'the hand reached it and its bit was clear',
  },
  sieve: {
    create: ({ capacity, keyCount }) => new Sieve(capacity, keyCount),
    idea: 'a hand sifts out new keys without a hit; popular ones never move',
    hit: 'O(1)',
    miss: 'O(1) amortized',
    memory: '0.5 + 8 a slot',
    weakness: 'a scan longer than the cache passes through slowly',
    paper: 'Zhang et al., NSDI 2024',
    reason: 'the hand reached it and it was not visited',
  },
  's3-fifo': {
    create: ({ capacity, keyCount }) => new S3Fifo(capacity, keyCount),
    idea: 'a small FIFO filters one-hit wonders before the main one',
    hit: 'O(1)',
    miss: 'O(1) amortized',
    memory: '5 + 19 a slot',
    weakness: 'second requests that come just too late',
    paper: 'Yang et al., SOSP 2023',
    reason: 'its queue’s turn had come and it had too few hits',
  },
  slru: {
    create: ({ capacity, keyCount }) => new Slru(capacity, keyCount),
    idea: 'four LRU lists; a hit lifts a key to the next',
    hit: 'O(1)',
    miss: 'O(1)',
    memory: '4.5 + 12 a slot',
    weakness: 'slow to forget what was popular',
    paper: 'Karedla et al. 1994',
    reason: 'it was last in the lowest segment',
  },
  '2q': {
    create: ({ capacity, keyCount }) => new TwoQ(capacity, keyCount),
    idea: 'only keys that come back after a FIFO enter the LRU',
    hit: 'O(1)',
    miss: 'O(1)',
    memory: '4.5 + 18 a slot',
    weakness: 'fixed shares for both queues',
    paper: 'Johnson and Shasha, VLDB 1994',
    reason: 'its queue was over its share and it was last',
  },
  arc: {
    create: ({ capacity, keyCount }) => new Arc(capacity, keyCount),
    idea: 'recency and frequency lists that learn their shares from ghosts',
    hit: 'O(1)',
    miss: 'O(1)',
    memory: '4.5 + 24 a slot',
    weakness: 'loops larger than the cache',
    paper: 'Megiddo and Modha, FAST 2003',
    reason: 'its list was over the target and it was last',
  },
  lirs: {
    create: ({ capacity, keyCount }) => new Lirs(capacity, keyCount),
    idea: 'what counts is the distance between a key’s last two requests',
    hit: 'O(1) amortized',
    miss: 'O(1) amortized',
    memory: '9 + 48 a slot',
    weakness: 'remembers many ghosts; slow to follow a change',
    paper: 'Jiang and Zhang, SIGMETRICS 2002',
    reason: 'it was first in the queue of keys with long distances',
  },
  'w-tinylfu': {
    create: ({ capacity, keyCount }) => new WTinyLfu(capacity, keyCount),
    idea: 'a newcomer enters only if it is more popular than the victim',
    hit: 'O(1)',
    miss: 'O(1) amortized',
    memory: '4.5 + 12 a slot + sketch',
    weakness: 'a sudden change of what is popular',
    paper: 'Einziger et al., TOS 2017',
    reason: 'it was requested less often lately than its rival',
  },
  opt: {
    create: ({ capacity, keyCount, requests }) => new Opt(capacity, keyCount, requests),
    idea: 'the key needed again last leaves: the ceiling',
    hit: 'O(log₃₂ requests)',
    miss: 'O(log₃₂ requests)',
    memory: '0.5 + 8 a request',
    weakness: 'needs the future',
    paper: 'Belady 1966',
    reason: 'its next request is furthest away',
  },
  'redis-lru': {
    create: ({ capacity, keyCount, rate, seed }) => new RedisLru(capacity, keyCount, { rate, seed }),
    idea: 'the idlest of a few sampled keys, by a clock of one second',
    hit: 'O(1)',
    miss: 'O(samples + pool)',
    memory: '8.5 + 4 a slot',
    weakness: 'no better than random when keys turn over within a second',
    paper: 'Redis 7.0',
    reason: 'it was the idlest candidate in the pool',
  },
  'redis-lfu': {
    create: ({ capacity, keyCount, rate, seed }) => new RedisLfu(capacity, keyCount, { rate, seed }),
    idea: 'the rarest of a few sampled keys, by a logarithmic counter',
    hit: 'O(1)',
    miss: 'O(samples + pool)',
    memory: '9.5 + 4 a slot',
    weakness: 'counters fade only by the minute',
    paper: 'Redis 7.0',
    reason: 'it had the lowest counter of the candidates in the pool',
  },
  'memcached-lru': {
    create: ({ capacity, keyCount }) => new MemcachedLru(capacity, keyCount),
    idea: 'an LRU in three lists; only keys used twice stay out of the cold one',
    hit: 'O(1)',
    miss: 'O(1) amortized',
    memory: '5.5 + 12 a slot',
    weakness: 'yesterday’s favourites leave WARM slowly',
    paper: 'memcached 1.6',
    reason: 'it was last in COLD',
  },
} satisfies Record<string, PolicyKind>

export type PolicyName = keyof typeof kinds

/** Every policy by name. */
export const policies: Readonly<Record<PolicyName, PolicyKind>> = kinds
export const policyNames = Object.keys(kinds) as PolicyName[]
