/** A Redis store, and Sentinel and Cluster in virtual time. */
import { experiment } from './experiment.js'

export { type Plain as RedisReply, plain as plainReply } from '../redis/present.js'
export { ask as askRedis, RedisSession } from '../redis/script.js'
export { Server as RedisStore } from '../redis/server.js'
export { splitWords } from '../redis/split.js'
export { slotOf, slotOfText } from '../redis-deployment/cluster/routing.js'

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
