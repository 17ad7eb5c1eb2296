/** Which keys a cache keeps: policies, and the experiments on them. */
import { experiment } from './experiment.js'

export {
  type EvictionPolicy,
  type PolicyKind,
  type PolicyName,
  type PolicyOptions,
  policies,
  policyNames,
} from '../eviction/index.js'
export { StackDistances } from '../eviction/stack-distances.js'
export { type Outcome, type ReplayTask, replay } from '../experiment/eviction/replay.js'
export { simulate } from '../experiment/eviction/simulate.js'
export type { OwnPolicy, OwnPolicyOptions } from '../own/policy.js'

/**
 * Hit ratios of policies on the same requests, beside theory: of workloads, or of a trace.
 *
 * @example
 * import { hitRatio } from 'cachelab/eviction'
 * const { tables, findings } = await hitRatio({ policies: ['lru', 'opt'], workloads: 'zipf', capacity: 50, runs: 3 })
 * const [lru, opt] = tables[0].rows
 * lru.hitRatio // 0.4899
 * opt.hitRatio // 0.6768333333333333
 * findings[0].id // 'theory'
 */
export const hitRatio = experiment<typeof import('../cli/commands/evict.js')>('evict')

/**
 * Miss ratio against capacity, exact or from a sample of the keys.
 *
 * @example
 * import { missRatioCurve } from 'cachelab/eviction'
 * const { tables } = await missRatioCurve({ policies: ['lru', 'opt'], keys: 100, requests: 2000, points: 3 })
 * tables[0].rows[1] // { capacity: 10, lru: 0.468, opt: 0.2905 }
 */
export const missRatioCurve = experiment<typeof import('../cli/commands/evict-curve.js')>('evict curve')

/**
 * Hit ratio against the exponent of Zipf’s law.
 *
 * @example
 * import { hitRatioBySkew } from 'cachelab/eviction'
 * const { tables } = await hitRatioBySkew({ policies: ['lru'], exponents: [0, 1], runs: 1 })
 * tables[0].rows.map(({ exponent, lru }) => [exponent, lru]) // [ [ 0, 0.1052 ], [ 1, 0.5749 ] ]
 */
export const hitRatioBySkew = experiment<typeof import('../cli/commands/evict-skew.js')>('evict skew')

/**
 * Policies on several nodes behind a placement, and a node that joins.
 *
 * @example
 * import { distributedEviction } from 'cachelab/eviction'
 * const { tables } = await distributedEviction({ nodes: 3, policies: ['lru'], requests: 10_000 })
 * const [{ oneCache, nodes }] = tables[0].rows
 * oneCache // 0.5956
 * nodes // 0.5966
 */
export const distributedEviction =
  experiment<typeof import('../cli/commands/evict-distributed.js')>('evict distributed')

/**
 * The requests in `operands` one by one: hit or miss, what leaves, what is inside.
 *
 * @example
 * import { evictionSteps } from 'cachelab/eviction'
 * const { tables } = await evictionSteps({ policy: 'lru', capacity: 2 }, { operands: ['A', 'B', 'A', 'C', 'B'] })
 * tables[0].rows.map(({ result }) => result) // [ 'miss', 'miss', 'hit', 'miss', 'miss' ]
 * tables[0].rows.map(({ evicted }) => evicted) // [ null, null, null, 'B', 'A' ]
 */
export const evictionSteps = experiment<typeof import('../cli/commands/evict-steps.js')>('evict steps')

/**
 * The policies: idea, cost, weak spot, paper.
 *
 * @example
 * import { policyTable } from 'cachelab/eviction'
 * const { tables } = await policyTable()
 * const sieve = tables[0].rows.find(({ policy }) => policy === 'sieve')
 * sieve?.paper // 'Zhang et al., NSDI 2024'
 * sieve?.hit // 'O(1)'
 */
export const policyTable = experiment<typeof import('../cli/commands/evict-policies.js')>('evict policies')

/**
 * The workloads, with the popularity of their keys.
 *
 * @example
 * import { workloadTable } from 'cachelab/eviction'
 * const { tables } = await workloadTable({ keys: 100, requests: 1000 })
 * const [{ workload, distinct, topFifth }] = tables[0].rows
 * workload // 'zipf'
 * distinct // 90
 * topFifth // 0.79
 */
export const workloadTable =
  experiment<typeof import('../cli/commands/evict-workloads.js')>('evict workloads')

/**
 * The formats of traces, and what their operations do.
 *
 * @example
 * import { traceFormats } from 'cachelab/eviction'
 * const { tables } = await traceFormats()
 * const [{ format, what, example }] = tables[0].rows
 * format // 'plain'
 * what // 'one key a line'
 * example // 'user:1001'
 */
export const traceFormats = experiment<typeof import('../cli/commands/evict-formats.js')>('evict formats')
