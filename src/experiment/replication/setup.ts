import type { WriteMode } from '../../cache-cluster/client.js'
import { Cluster, type ClusterOptions, type ClusterWatcher, type Parts } from '../../cache-cluster/cluster.js'
import type { PlaceOn } from '../../cache-cluster/membership.js'
import { type PolicyName, policies } from '../../eviction/index.js'
import { type HashFunction, type HashName, hashFunctions } from '../../hashing/index.js'
import { keyPositions, numberedKeys } from '../../keys/index.js'
import { createPlacement, HashRing, keyHash, type PlacementName, placements } from '../../placement/index.js'
import type { ReportParameters } from '../../report/index.js'

/** The options of every experiment on replication. Times are milliseconds. */
export interface ReplicationSetup {
  readonly nodes: readonly string[]
  /** How keys find their nodes. */
  readonly placement: PlacementName
  /** Virtual nodes of each node. */
  readonly vnodes: number
  readonly hash: HashName
  /** Salts the ring and seeds everything random; undefined for the lesson's ring with random seed 1. */
  readonly seed: number | undefined
  /** How many keys there are; all are written at the start. */
  readonly keys: number
  /** Replication factor: copies of each key, including the primary. */
  readonly replicas: number
  readonly mode: WriteMode
  readonly writeQuorum: number
  readonly readQuorum: number
  /** Round trip to a node. */
  readonly hop: number
  /** Largest random delay that is added to each way. */
  readonly jitter: number
  /** How long a node works on a request. */
  readonly service: number
  /** How long a node waits before it passes on an asynchronous write. */
  readonly lag: number
  /** After which a client gives up on a node. */
  readonly timeout: number
  /** How long a node that failed is asked last. */
  readonly remember: number
  /** Whether writes that a node missed are kept and sent when it is back. */
  readonly hints: boolean
  /** Milliseconds until a silent node is declared dead. */
  readonly patience: number
  /** Keys that each node holds; undefined for no limit. */
  readonly capacity: number | undefined
  /** Eviction policy of each node. */
  readonly policy: PolicyName
}

/** The defaults of a setup. */
export const defaults = {
  placement: 'ring',
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

/** Nodes that join or leave a ring one by one; for more of them a new one is built. */
const MAX_CHANGES = 4

/** The placement of a setup on those nodes that are asked for. A ring is one ring, which changes with them. */
export function placeOnOf(setup: ReplicationSetup): PlaceOn {
  const { placement, vnodes, seed, keys } = setup
  const hash = hashFunctions[setup.hash]
  if (placement !== 'ring')
    return (nodes) => createPlacement(placement, nodes, { vnodes, seed, hash, keys, loadFactor: 1 })
  let ring: HashRing | undefined
  return (nodes) => {
    const [wanted, present] = [new Set(nodes), new Set(ring?.nodes)]
    const gone = [...present].filter((name) => !wanted.has(name))
    const fresh = nodes.filter((name) => !present.has(name))
    if (!ring || gone.length + fresh.length > MAX_CHANGES) ring = new HashRing(nodes, { vnodes, seed, hash })
    else {
      for (const name of gone) ring.remove(name)
      for (const name of fresh) ring.add(name)
    }
    return ring
  }
}

/** Hash values of the keys key-0, key-1, … */
export async function positionsOf(
  setup: ReplicationSetup,
  { hash }: HashFunction = keyHash(setup.placement, hashFunctions[setup.hash], [setup.nodes.length]),
): Promise<Uint32Array> {
  const [positions] = await keyPositions(numberedKeys(setup.keys), [hash])
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
    placeOn: placeOnOf(setup),
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

/** What a report prints of the placement: only what it uses. */
export function placementParameters({ placement, vnodes, hash }: ReplicationSetup): ReportParameters {
  const { uses, hash: own } = placements[placement]
  return {
    placement: placement === 'ring' ? null : placement,
    vnodes: uses.includes('vnodes') ? vnodes : null,
    hash: uses.includes('hash') ? hash : (own?.name ?? null),
  }
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
    ...placementParameters(setup),
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
