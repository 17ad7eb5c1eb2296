/** A Redis store, and Sentinel and Cluster in virtual time. */
import { experiment, type Replies } from './experiment.js'

export { type Plain as RedisReply, plain as plainReply } from '../redis/present.js'
export { ask as askRedis, RedisSession } from '../redis/script.js'
export { Server as RedisStore } from '../redis/server.js'
export { splitWords } from '../redis/split.js'
export { slotOf, slotOfText } from '../redis-deployment/cluster/routing.js'
export type { Replies } from './experiment.js'

/** Redis Sentinel through faults: who is elected, when, and which writes are lost. */
export const sentinelTimeline = experiment<typeof import('../cli/commands/sentinel-run.js')>('sentinel run')

/** Redis Cluster’s slots over masters and replicas, and what two dead hosts cost. */
export const clusterCreate = experiment<typeof import('../cli/commands/cluster-create.js')>('cluster create')

/** Redis Cluster through faults: the votes, the outage, the writes that are lost. */
export const clusterFailover =
  experiment<typeof import('../cli/commands/cluster-failover.js')>('cluster failover')

/** Slots that move under load: redirections, errors, time. */
export const clusterReshard =
  experiment<typeof import('../cli/commands/cluster-reshard.js')>('cluster reshard')

/** Random faults, and which invariants of a cluster hold. */
export const clusterVerify = experiment<typeof import('../cli/commands/cluster-verify.js')>('cluster verify')

/** What commands cost as their structures grow. */
export const redisComplexity =
  experiment<typeof import('../cli/commands/redis-complexity.js')>('redis complexity')

/** What a crash loses, and what each choice of persistence costs. */
export const redisDurability =
  experiment<typeof import('../cli/commands/redis-durability.js')>('redis durability')

/** The script of Redis commands in the file in `operands`, or in `input` for `-`, on an empty store. */
export const redisScript = experiment<typeof import('../cli/commands/redis-run.js'), Replies>('redis run')

/** The plausible data structures for the use case in `operands`, on the same work. */
export const redisChoice = experiment<typeof import('../cli/commands/redis-choose.js')>('redis choose')

/** The Redis commands that the store has, and their costs. */
export const redisCommands = experiment<typeof import('../cli/commands/redis-commands.js')>('redis commands')

/** The store and a real Redis server: where their replies differ. */
export const redisComparison = experiment<typeof import('../cli/commands/redis-compare.js')>('redis compare')

/** The case in `operands`, such as split-brain, and its remedies; all cases without. */
export const sentinelCase = experiment<typeof import('../cli/commands/sentinel-show.js')>('sentinel show')

/** The slots of the keys in `operands`, and why. */
export const clusterSlots = experiment<typeof import('../cli/commands/cluster-slot.js')>('cluster slot')

/** The script in `operands` through a client of a cluster: redirections, replies, faults. */
export const clusterScript = experiment<typeof import('../cli/commands/cluster-run.js'), Replies>(
  'cluster run',
)

/** A master that joins, and as few slots as possible that move. */
export const clusterAddNode =
  experiment<typeof import('../cli/commands/cluster-add-node.js')>('cluster add-node')

/** A master that leaves, and gives its slots to the others. */
export const clusterRemoveNode =
  experiment<typeof import('../cli/commands/cluster-remove-node.js')>('cluster remove-node')

/** Sentinel and Cluster, cell by cell. */
export const clusterComparison =
  experiment<typeof import('../cli/commands/cluster-compare.js')>('cluster compare')

/** Sentinel or Cluster, and the rule that decides. */
export const clusterChoice = experiment<typeof import('../cli/commands/cluster-choose.js')>('cluster choose')
