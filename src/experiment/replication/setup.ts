import type { WriteMode } from '../../cache-cluster/client.js'
import { Cluster, type ClusterOptions, type ClusterWatcher, type Parts } from '../../cache-cluster/cluster.js'
import type { PlaceOn } from '../../cache-cluster/membership.js'
import { type PolicyName, policies } from '../../eviction/index.js'
import { type HashName, hashFunctions } from '../../hashing/index.js'
import { keyPositions, numberedKeys } from '../../keys/index.js'
import { HashRing } from '../../placement/index.js'
import type { ReportParameters } from '../../report/index.js'

/** The options of every experiment on replication. Times are milliseconds. */
export interface ReplicationSetup {
  readonly nodes: readonly string[]
  readonly vnodes: number
  readonly hash: HashName
  /** Salts the ring and seeds everything random; undefined for the lesson's ring with random seed 1. */
  readonly seed: number | undefined
  readonly keys: number
  /** Replication factor: copies of each key, including the primary. */
  readonly replicas: number
  readonly mode: WriteMode
  readonly writeQuorum: number
  readonly readQuorum: number
  readonly hop: number
  readonly jitter: number
  readonly service: number
  /** How long a node waits before it passes on an asynchronous write. */
  readonly lag: number
  readonly timeout: number
  readonly remember: number
  readonly hints: boolean
  /** Milliseconds until a silent node is declared dead. */
  readonly patience: number
  /** Keys that each node holds; undefined for no limit. */
  readonly capacity: number | undefined
  readonly policy: PolicyName
}

/** The defaults of a setup. */
export const defaults = {
  vnodes: 150,
  hash: 'md5',
  keys: 10_000,
  replicas: 2,
  mode: 'sync',
  hop: 0.5,
  jitter: 0.1,
  service: 0.02,
  lag: 10,
  timeout: 50,
  patience: 1000,
  policy: 'lru',
} as const satisfies Partial<ReplicationSetup>

/** Milliseconds between pings: a quarter of the time after which a silent node is declared dead. */
const PINGS = 4

/** The lesson's ring over some nodes; the same nodes give the same ring object. */
export function ringOf(setup: ReplicationSetup): PlaceOn {
  const { vnodes, seed } = setup
  let last: { readonly names: string; readonly ring: HashRing } | undefined
  return (nodes) => {
    const names = nodes.join('\n')
    if (last?.names !== names) {
      last = { names, ring: new HashRing(nodes, { vnodes, seed, hash: hashFunctions[setup.hash] }) }
    }
    return last.ring
  }
}

/** Hash values of the keys key-0, key-1, … */
export async function positionsOf(setup: ReplicationSetup): Promise<Uint32Array> {
  const [positions] = await keyPositions(numberedKeys(setup.keys), [hashFunctions[setup.hash].hash])
  return positions
}

/** The cluster that a setup describes, with its keys at these positions. */
export function build(
  setup: ReplicationSetup,
  positions: Uint32Array,
  watcher?: ClusterWatcher,
  parts?: Partial<Parts>,
  changes: Partial<ClusterOptions> = {},
): Cluster {
  const { capacity, policy, seed = 1 } = setup
  const options: ClusterOptions = {
    ...setup,
    positions,
    placeOn: ringOf(setup),
    serviceTime: setup.service,
    heartbeat: setup.patience / PINGS,
    seed,
    ...(capacity === undefined
      ? {}
      : {
          createPolicy: (node) =>
            policies[policy].create({
              capacity,
              keyCount: positions.length,
              seed: seed + node,
              rate: 1000,
              requests: new Uint32Array(0),
            }),
        }),
    ...changes,
  }
  return new Cluster(options, watcher, parts)
}

/** The parameters that a report prints. */
export function parametersOf(setup: ReplicationSetup): ReportParameters {
  const isQuorum = setup.mode === 'quorum'
  return {
    nodes: setup.nodes.length,
    replicas: setup.replicas,
    keys: setup.keys,
    mode: setup.mode,
    writeQuorum: isQuorum ? setup.writeQuorum : null,
    readQuorum: isQuorum ? setup.readQuorum : null,
    vnodes: setup.vnodes,
    hash: setup.hash,
    seed: setup.seed ?? null,
    hop: setup.hop,
    jitter: setup.jitter,
    service: setup.service,
    timeout: setup.timeout,
    capacity: setup.capacity ?? null,
    policy: setup.capacity === undefined ? null : setup.policy,
  }
}

export interface PhasesOptions extends ReplicationSetup {
  /** Nodes to kill, one after the other. */
  readonly kills: readonly string[]
}
