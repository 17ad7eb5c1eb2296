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

/**
 * Copies of every key, and nodes that die: reads that fail, messages, latency.
 *
 * @example
 * import { replication } from 'cachelab/replication'
 * const { tables } = await replication({ nodes: 3, replicas: 2, kill: ['node-A'], keys: 1000 })
 * const availability = tables.find(({ name }) => name === 'availability')
 * const phases = availability?.rows.map(({ phase, readable, lost }) => [phase, readable, lost])
 * phases // [ [ 'all nodes up', 1000, 0 ], [ 'node-A killed', 1000, 0 ] ]
 */
export const replication = experiment<typeof import('../cli/commands/replicate.js')>('replicate')

/**
 * Keys lost against copies and dead nodes.
 *
 * @example
 * import { replicationLoss } from 'cachelab/replication'
 * const { tables } = await replicationLoss({ nodes: 4, replicas: 2, keys: 1000 })
 * // One in six pairs of dead nodes holds both copies of a key.
 * const row = tables[0].rows.find(({ replicas, killed }) => replicas === 2 && killed === 2)
 * row?.lost // 0.16666666666666666
 * row?.expected // 0.16666666666666666
 */
export const replicationLoss =
  experiment<typeof import('../cli/commands/replicate-sweep.js')>('replicate sweep')

/**
 * Requests while nodes die, hang, slow down or are partitioned.
 *
 * @example
 * import { replicationTimeline } from 'cachelab/replication'
 * const { findings } = await replicationTimeline({ nodes: ['a', 'b', 'c'], kill: ['a@500ms'], duration: '2s', rate: 500 })
 * findings[0].text // 'Service: 0 of 887 reads and 38 of 102 writes failed, all within 937 ms, from 542 ms on.'
 */
export const replicationTimeline =
  experiment<typeof import('../cli/commands/replicate-timeline.js')>('replicate timeline')

/**
 * The reads and writes of the key in `operands`, message by message.
 *
 * @example
 * import { replicationTrace } from 'cachelab/replication'
 * const { tables } = await replicationTrace({}, { operands: ['user:1001'] })
 * const [, , after] = tables[0].rows
 * after.step // 'get after the kill'
 * after.hops // 2
 */
export const replicationTrace =
  experiment<typeof import('../cli/commands/replicate-trace.js')>('replicate trace')

/**
 * Nodes that join and leave under load, with and without warming.
 *
 * @example
 * import { replicationScale } from 'cachelab/replication'
 * const { tables } = await replicationScale({ keys: 1000, requests: 1000 })
 * const misses = tables[0].rows.slice(0, 2).map(({ change, warming, misses }) => [change, warming, misses])
 * misses // [ [ '+node-D', false, 144 ], [ '+node-D', true, 0 ] ]
 */
export const replicationScale =
  experiment<typeof import('../cli/commands/replicate-scale.js')>('replicate scale')

/**
 * Random faults, and which promises of each write mode hold.
 *
 * @example
 * import { replicationCheck } from 'cachelab/replication'
 * const { tables } = await replicationCheck({ modes: ['async'], schedules: 2 })
 * // What a mode is meant to promise is kept.
 * const meant = tables[0].rows.filter((row) => row.meant)
 * meant.every(({ kept }) => kept) // true
 */
export const replicationCheck =
  experiment<typeof import('../cli/commands/replicate-check.js')>('replicate check')

/**
 * Local caches, a distributed cache, and both: hits, stale reads, latency.
 *
 * @example
 * import { tiers } from 'cachelab/replication'
 * const { tables } = await tiers({ keys: 1000, capacity: 200, warmup: '2s', duration: '2s', rate: 500 })
 * const hits = tables[0].rows.map(({ design, hitRatio }) => [design, Number(hitRatio).toFixed(2)])
 * hits // [ [ 'local-ttl', '0.44' ], [ 'local-messages', '0.38' ], [ 'distributed', '0.69' ], [ 'two-tier', '0.65' ] ]
 */
export const tiers = experiment<typeof import('../cli/commands/tiers.js')>('tiers')
