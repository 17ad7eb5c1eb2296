import type { PolicyName } from '../../eviction/index.js'
import { nodeNames } from '../../placement/index.js'
import { defaults, type ReplicationSetup } from '../replication/setup.js'

/** Application servers and their caches. Times are milliseconds, shares 0 … 1. */
export interface TiersSetup {
  readonly servers: number
  /** Nodes of the distributed cache. */
  readonly nodes: number
  readonly keys: number
  /** Total capacity in keys of all caches of a design, the same for each design. */
  readonly capacity: number
  /** Eviction policy of every cache. */
  readonly policy: PolicyName
  /** Zipf's exponent. */
  readonly exponent: number
  readonly writeRatio: number
  /** Time to live of a local entry; Infinity for no expiry. */
  readonly ttl: number
  /** Share of the invalidation messages that get lost. */
  readonly messageLoss: number
  /** Share of the total capacity that is local in the design with two tiers. */
  readonly localShare: number
  readonly localLatency: number
  /** Round trip to another machine. */
  readonly hop: number
  readonly jitter: number
  /** Latency of a read or write in the database. */
  readonly database: number
  /** Requests a second, all servers together. */
  readonly rate: number
  /** Requests before this are not counted. */
  readonly warmup: number
  readonly duration: number
  readonly seed: number
  /** Requests of a trace instead of Zipf's; a write ratio is used where it has no operations. */
  readonly trace?: TracedRequests | undefined
}

export interface TracedRequests {
  readonly label: string
  readonly keys: Uint32Array
  readonly operations?: Uint8Array | undefined
}

export const tiersDefaults = {
  servers: 4,
  nodes: 1,
  keys: 10_000,
  capacity: 2000,
  policy: 'lru',
  exponent: 1,
  writeRatio: 0.05,
  ttl: 10_000,
  messageLoss: 0.01,
  localShare: 0.2,
  localLatency: 0.001,
  hop: 0.5,
  jitter: 0.05,
  database: 5,
  rate: 2000,
  warmup: 10_000,
  duration: 20_000,
  seed: 1,
} as const satisfies TiersSetup

/** The designs that are compared. */
export const designs = {
  'local-ttl': { isLocal: true, isShared: false, tells: false },
  'local-messages': { isLocal: true, isShared: false, tells: true },
  distributed: { isLocal: false, isShared: true, tells: false },
  'two-tier': { isLocal: true, isShared: true, tells: true },
} as const

export type DesignName = keyof typeof designs
export const designNames = Object.keys(designs) as DesignName[]

/** Keys that each server's own cache holds in a design. */
export function localCapacity({ capacity, servers, localShare }: TiersSetup, design: DesignName): number {
  const { isLocal, isShared } = designs[design]
  if (!isLocal) return 0
  return Math.max(1, Math.floor((isShared ? capacity * localShare : capacity) / servers))
}

/** Capacity of the distributed cache in a design: the total less the servers’ own caches. */
export function sharedCapacity(setup: TiersSetup, design: DesignName): number {
  if (!designs[design].isShared) return 0
  return setup.capacity - localCapacity(setup, design) * setup.servers
}

/** A client’s timeout in hops; no node dies here. */
const PATIENCE = 100

/** The distributed cache: the cluster of the replication experiments. */
export function clusterSetup(setup: TiersSetup, design: DesignName): ReplicationSetup {
  const { nodes, hop, jitter } = setup
  return {
    ...defaults,
    nodes: nodeNames(nodes),
    keys: setup.keys,
    policy: setup.policy,
    seed: setup.seed,
    hop,
    jitter,
    service: 0,
    replicas: 1,
    writeQuorum: 1,
    readQuorum: 1,
    remember: 0,
    hints: false,
    timeout: PATIENCE * (hop + jitter) + 1,
    capacity: Math.max(1, Math.floor(sharedCapacity(setup, design) / nodes)),
  }
}
