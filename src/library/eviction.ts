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

/** Hit ratios of policies on the same requests, beside theory: of workloads, or of a trace. */
export const hitRatio = experiment<typeof import('../cli/commands/evict.js')>('evict')

/** Miss ratio against capacity, exact or from a sample of the keys. */
export const missRatioCurve = experiment<typeof import('../cli/commands/evict-curve.js')>('evict curve')

/** Hit ratio against the exponent of Zipf’s law. */
export const hitRatioBySkew = experiment<typeof import('../cli/commands/evict-skew.js')>('evict skew')

/** Policies on several nodes behind a placement, and a node that joins. */
export const distributedEviction =
  experiment<typeof import('../cli/commands/evict-distributed.js')>('evict distributed')

/** The requests in `operands` one by one: hit or miss, what leaves, what is inside. */
export const evictionSteps = experiment<typeof import('../cli/commands/evict-steps.js')>('evict steps')

/** The policies: idea, cost, weak spot, paper. */
export const policyTable = experiment<typeof import('../cli/commands/evict-policies.js')>('evict policies')

/** The workloads, with the popularity of their keys. */
export const workloadTable =
  experiment<typeof import('../cli/commands/evict-workloads.js')>('evict workloads')

/** The formats of traces, and what their operations do. */
export const traceFormats = experiment<typeof import('../cli/commands/evict-formats.js')>('evict formats')
