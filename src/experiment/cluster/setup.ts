import { InputError } from '../../input-error.js'
import { nodeNames } from '../../placement/names.js'
import type { ClusterPlan } from '../../redis-deployment/cluster/cluster-node.js'
import { assignReplicas, slotRanges } from '../../redis-deployment/cluster/layout.js'
import { type NodesSetup, nodesDefaults } from '../nodes/setup.js'

/** A cluster in virtual time and its clients. Times are in milliseconds. */
export interface ClusterSetup extends NodesSetup {
  readonly masters: number
  /** Replicas of each master. */
  readonly replicas: number
  /** Masters without slots. */
  readonly empty: number
  readonly nodeTimeout: number
  readonly fullCoverage: boolean
  /** Number of hash tags of the keys, and so the most slots that hold them; 0 for keys without tags. */
  readonly tags: number
}

export const clusterDefaults = {
  ...nodesDefaults,
  masters: 3,
  replicas: 1,
  empty: 0,
  nodeTimeout: 2000,
  fullCoverage: true,
  tags: 0,
} as const satisfies ClusterSetup

type Size = Pick<ClusterSetup, 'masters' | 'replicas' | 'empty'>

export const nodeCount = ({ masters, replicas, empty }: Size): number => masters * (replicas + 1) + empty

/** The actors' names in their order: the masters node-A …, their replicas, empty masters, then client-1 … */
export function clusterNames(setup: Size & Pick<ClusterSetup, 'clients'>): string[] {
  return [
    ...nodeNames(nodeCount(setup)),
    ...Array.from({ length: setup.clients }, (_, i) => `client-${i + 1}`),
  ]
}

/** The port of the first node; the others follow. */
const PORT = 7000

/** The cluster as redis-cli --cluster create makes it, each node on a machine of its own. */
export function planOf(setup: Size): ClusterPlan {
  const { masters, replicas } = setup
  const count = nodeCount(setup)
  const hosts = Array.from({ length: masters * (replicas + 1) }, () => '127.0.0.1')
  const { masterOf } = assignReplicas(hosts, masters, replicas)
  return {
    addresses: Array.from({ length: count }, (_, i) => `127.0.0.1:${PORT + i}`),
    masterOf: Array.from({ length: count }, (_, i) => masterOf.get(i)),
    slots: slotRanges(masters).map(([from, to], owner) => ({ from, to, owner })),
  }
}

/** Throws InputError if the cluster could not survive the death of a master. */
export function checkMasters(masters: number): void {
  if (masters >= 3) return
  const why =
    masters === 1
      ? 'one master is the whole majority, so when it dies no master is left to vote for its replica, and no slot is served'
      : 'a majority of two is two, so when either dies it can’t be marked as failed, its replica can’t be elected, and the other master stops too'
  throw new InputError(`--masters must be at least 3, got ${masters}: ${why}`)
}
