/** A Redis store, and Sentinel and Cluster in virtual time. */
import { experiment, type Replies } from './experiment.js'

export { type Plain as RedisReply, plain as plainReply } from '../redis/present.js'
export { ask as askRedis, RedisSession } from '../redis/script.js'
export { Server as RedisStore } from '../redis/server.js'
export { splitWords } from '../redis/split.js'
export { slotOf, slotOfText } from '../redis-deployment/cluster/routing.js'
export type { Replies } from './experiment.js'

/**
 * Redis Sentinel through faults: who is elected, when, and which writes are lost.
 *
 * @example
 * import { sentinelTimeline } from 'cachelab/redis'
 * const { findings } = await sentinelTimeline({ kill: ['master@2s'], duration: '12s', rate: 100 })
 * // Milliseconds without an acknowledged write.
 * const outage = findings.find(({ id }) => id === 'outage')
 * outage?.measured?.toFixed(0) // '2268'
 * outage?.ok // true
 */
export const sentinelTimeline = experiment<typeof import('../cli/commands/sentinel-run.js')>('sentinel run')

/**
 * Redis Cluster’s slots over masters and replicas, and what two dead hosts cost.
 *
 * @example
 * import { clusterCreate } from 'cachelab/redis'
 * const { tables } = await clusterCreate({})
 * const ranges = tables[0].rows.slice(0, 3).map(({ node, slots }) => [node, slots])
 * ranges // [ [ 'node-A', '0–5460' ], [ 'node-B', '5461–10922' ], [ 'node-C', '10923–16383' ] ]
 */
export const clusterCreate = experiment<typeof import('../cli/commands/cluster-create.js')>('cluster create')

/**
 * Redis Cluster through faults: the votes, the outage, the writes that are lost.
 *
 * @example
 * import { clusterFailover } from 'cachelab/redis'
 * const { tables } = await clusterFailover({ kill: ['node-A@2s'], duration: '12s', rate: 100 })
 * const slots = tables.find(({ name }) => name === 'slots')
 * const owners = slots?.rows.map(({ node, errors, now }) => [node, errors, now])
 * owners // [ [ 'node-A', 91, 'node-E' ], [ 'node-B', 19, 'node-B' ], [ 'node-C', 21, 'node-C' ] ]
 */
export const clusterFailover =
  experiment<typeof import('../cli/commands/cluster-failover.js')>('cluster failover')

/**
 * Slots that move under load: redirections, errors, time.
 *
 * @example
 * import { clusterReshard } from 'cachelab/redis'
 * const { tables } = await clusterReshard({ keys: 500, slots: 100, rate: 50 })
 * const counts = tables[0].rows.map(({ node, before, slots }) => [node, before, slots])
 * counts // [ [ 'node-A', 5461, 5361 ], [ 'node-B', 5462, 5562 ], [ 'node-C', 5461, 5461 ] ]
 */
export const clusterReshard =
  experiment<typeof import('../cli/commands/cluster-reshard.js')>('cluster reshard')

/**
 * Random faults, and which invariants of a cluster hold.
 *
 * @example
 * import { clusterVerify } from 'cachelab/redis'
 * const { tables } = await clusterVerify({ schedules: 1, duration: '2s' })
 * tables[0].rows.every(({ holds }) => holds) // true
 */
export const clusterVerify = experiment<typeof import('../cli/commands/cluster-verify.js')>('cluster verify')

/**
 * What commands cost as their structures grow.
 *
 * @example
 * import { redisComplexity } from 'cachelab/redis'
 * const { tables } = await redisComplexity({ sizes: [100, 1000] })
 * const growthOf = (name: string) => tables[0].rows.find(({ command }) => command === name)?.growth
 * growthOf('HGET') // 'O(1)'
 * growthOf('ZRANGE') // 'O(log N)'
 */
export const redisComplexity =
  experiment<typeof import('../cli/commands/redis-complexity.js')>('redis complexity')

/**
 * What a crash loses, and what each choice of persistence costs.
 *
 * @example
 * import { redisDurability } from 'cachelab/redis'
 * const { tables } = await redisDurability({ duration: '60s', crashes: 100 })
 * // Acknowledged writes that a power loss costs at worst.
 * const lost = tables[0].rows.map(({ choice, powerWorst }) => `${choice}: ${powerWorst}`)
 * lost // [ 'none: 60000', 'RDB: 60000', 'AOF no: 34756', 'AOF everysec: 990', 'AOF always: 0', 'RDB + AOF: 990' ]
 */
export const redisDurability =
  experiment<typeof import('../cli/commands/redis-durability.js')>('redis durability')

/**
 * The script of Redis commands in the file in `operands`, or in `input` for `-`, on an empty store.
 *
 * @example
 * import { type Replies, redisScript } from 'cachelab/redis'
 * const { replies }: Replies = await redisScript({}, { operands: ['-'], input: 'SET visits 1\nINCR visits\n' })
 * replies.map(({ reply }) => reply) // [ { status: 'OK' }, 2 ]
 */
export const redisScript = experiment<typeof import('../cli/commands/redis-run.js'), Replies>('redis run')

/**
 * The plausible data structures for the use case in `operands`, on the same work.
 *
 * @example
 * import { redisChoice } from 'cachelab/redis'
 * const { tables } = await redisChoice({}, { operands: ['leaderboard'] })
 * const updates = tables[0].rows.filter(({ action }) => action === 'new score')
 * const costs = updates.map(({ structure, command, steps }) => `${structure}: ${command}, ${steps} steps`)
 * costs // [ 'Sorted Set: ZADD O(log N), 37 steps', 'Hash, sorted by client: HSET O(1), 2 steps', 'List kept in order: LREM O(N+M), LINSERT O(N), 2516 steps' ]
 */
export const redisChoice = experiment<typeof import('../cli/commands/redis-choose.js')>('redis choose')

/**
 * The Redis commands that the store has, and their costs.
 *
 * @example
 * import { redisCommands } from 'cachelab/redis'
 * const { tables } = await redisCommands()
 * const zadd = tables[0].rows.find(({ command }) => command === 'ZADD')
 * zadd?.complexity // 'O(log N) a member'
 */
export const redisCommands = experiment<typeof import('../cli/commands/redis-commands.js')>('redis commands')

/**
 * The store and a real Redis server: where their replies differ.
 *
 * @example
 * import { redisComparison } from 'cachelab/redis'
 * // With a server at that address: the commands whose replies differ. Without one:
 * const error = await redisComparison({ url: 'redis://127.0.0.1:1' }).catch((thrown: Error) => thrown)
 * error instanceof Error && error.message // 'no Redis answers at redis://127.0.0.1:1 (ECONNREFUSED); is it the right port and protocol?'
 */
export const redisComparison = experiment<typeof import('../cli/commands/redis-compare.js')>('redis compare')

/**
 * The case in `operands`, such as split-brain, and its remedies; all cases without.
 *
 * @example
 * import { sentinelCase } from 'cachelab/redis'
 * const { tables } = await sentinelCase()
 * const names = tables[0].rows.map(({ name }) => name)
 * names // [ 'split-brain', 'no-majority', 'quorum-1', 'two-sentinels', 'stale-replica' ]
 */
export const sentinelCase = experiment<typeof import('../cli/commands/sentinel-show.js')>('sentinel show')

/**
 * The slots of the keys in `operands`, and why.
 *
 * @example
 * import { clusterSlots } from 'cachelab/redis'
 * const { tables } = await clusterSlots({}, { operands: ['{user:1}:cart', 'user:1'] })
 * const slots = tables[0].rows.map(({ key, tag, slot, node }) => [key, tag, slot, node])
 * slots // [ [ '{user:1}:cart', 'user:1', 10778, 'node-B' ], [ 'user:1', null, 10778, 'node-B' ] ]
 */
export const clusterSlots = experiment<typeof import('../cli/commands/cluster-slot.js')>('cluster slot')

/**
 * The script in `operands` through a client of a cluster: redirections, replies, faults.
 *
 * @example
 * import { clusterScript } from 'cachelab/redis'
 * const { replies } = await clusterScript({}, { operands: ['-'], input: 'SET user:1 Ada\nGET user:1\n' })
 * const [, get] = replies
 * get.reply // 'Ada'
 * get.hops // [ { node: 'node-B', why: 'slot' } ]
 */
export const clusterScript = experiment<typeof import('../cli/commands/cluster-run.js'), Replies>(
  'cluster run',
)

/**
 * A master that joins, and as few slots as possible that move.
 *
 * @example
 * import { clusterAddNode } from 'cachelab/redis'
 * const { tables } = await clusterAddNode({ keys: 100, rate: 1 })
 * const counts = tables[0].rows.map(({ node, before, slots }) => [node, before, slots])
 * counts // [ [ 'node-A', 5461, 4096 ], [ 'node-B', 5462, 4096 ], [ 'node-C', 5461, 4096 ], [ 'node-G', 0, 4096 ] ]
 */
export const clusterAddNode =
  experiment<typeof import('../cli/commands/cluster-add-node.js')>('cluster add-node')

/**
 * A master that leaves, and gives its slots to the others.
 *
 * @example
 * import { clusterRemoveNode } from 'cachelab/redis'
 * const { tables } = await clusterRemoveNode({ masters: 4, keys: 100, rate: 1 }, { operands: ['node-C'] })
 * const counts = tables[0].rows.map(({ node, before, slots }) => [node, before, slots])
 * counts // [ [ 'node-A', 4096, 5462 ], [ 'node-B', 4096, 5461 ], [ 'node-C', 4096, 0 ], [ 'node-D', 4096, 5461 ] ]
 */
export const clusterRemoveNode =
  experiment<typeof import('../cli/commands/cluster-remove-node.js')>('cluster remove-node')

/**
 * Sentinel and Cluster, cell by cell.
 *
 * @example
 * import { clusterComparison } from 'cachelab/redis'
 * const { tables } = await clusterComparison({ runs: 1 })
 * const [{ item, sentinel, cluster }] = tables[0].rows
 * item // 'purpose'
 * sentinel // 'high availability'
 * cluster // 'availability and scale'
 */
export const clusterComparison =
  experiment<typeof import('../cli/commands/cluster-compare.js')>('cluster compare')

/**
 * Sentinel or Cluster, and the rule that decides.
 *
 * @example
 * import { clusterChoice } from 'cachelab/redis'
 * const { findings } = await clusterChoice({ data: '100GB' })
 * findings[0].text // 'Choose Cluster. The rule that decides: 100 GB do not fit one machine (64.0 GB, of which 75% for data): they need sharding over 3 masters.'
 */
export const clusterChoice = experiment<typeof import('../cli/commands/cluster-choose.js')>('cluster choose')
