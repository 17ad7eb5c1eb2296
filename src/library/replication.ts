/** A replicated cache in virtual time, with faults, and caches in tiers. */
import { experiment } from './experiment.js'

export {
  CacheClient as Client,
  type ReadResult,
  type WriteMode,
  type WriteResult,
} from '../cache-cluster/client.js'
export { Cluster, type ClusterOptions } from '../cache-cluster/cluster.js'
export { Membership, type PlaceOn } from '../cache-cluster/membership.js'
export { Versions } from '../cache-cluster/versions.js'
export { type History, type HistorySetup, runHistory } from '../experiment/replication/history.js'
export type { Fault } from '../simulation/faults.js'
export { promised, start, type Task } from '../simulation/task.js'

/** Copies of every key, and nodes that die: reads that fail, messages, latency. */
export const replication = experiment<typeof import('../cli/commands/replicate.js')>('replicate')

/** Keys lost against copies and dead nodes. */
export const replicationLoss =
  experiment<typeof import('../cli/commands/replicate-sweep.js')>('replicate sweep')

/** Requests while nodes die, hang, slow down or are partitioned. */
export const replicationTimeline =
  experiment<typeof import('../cli/commands/replicate-timeline.js')>('replicate timeline')

/** The reads and writes of the key in `operands`, message by message. */
export const replicationTrace =
  experiment<typeof import('../cli/commands/replicate-trace.js')>('replicate trace')

/** Nodes that join and leave under load, with and without warming. */
export const replicationScale =
  experiment<typeof import('../cli/commands/replicate-scale.js')>('replicate scale')

/** Random faults, and which promises of each write mode hold. */
export const replicationCheck =
  experiment<typeof import('../cli/commands/replicate-check.js')>('replicate check')

/** Local caches, a distributed cache, and both: hits, stale reads, latency. */
export const tiers = experiment<typeof import('../cli/commands/tiers.js')>('tiers')
