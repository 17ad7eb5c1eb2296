import type { PolicyName } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { Pool } from '../../parallel/pool.js'
import { tasks } from '../tasks.js'
import { costOf } from './cost.js'
import type { CurveTask } from './miss-curve.js'

type Common = Omit<CurveTask, 'policy' | 'capacities' | 'warmup'>

/** Curves of several policies on the same requests. */
export interface CurveSet {
  readonly policies: readonly PolicyName[]
  readonly capacities: readonly number[]
  /** How many requests there are. */
  readonly count: number
  /** How many of them come before those that are counted. */
  readonly warmup: number
  /** Whether there are writes, deletions or lifetimes, so that LRU has a simulation a capacity as the others. */
  readonly isReplayed?: boolean
  /** The requests, in memory that workers should share; they aren't asked for where parts are merged. */
  requests(): Common
}

/** Some points of a curve, or a stretch of the requests for all of LRU's. */
interface Points {
  /** The place of the set, and of the first capacity in it. */
  readonly set: number
  readonly first: number
  readonly policy: PolicyName
  readonly capacities: readonly number[]
  /** The requests that are counted. */
  readonly from: number
  readonly to: number
}

/** Times of a request, relative to a cache's: LRU's distance for all capacities, and to take it without its distance. */
const DISTANCE = 5
const WARM_UP = 0.2
/** Requests of LRU's that are worth a task of their own, some 40 ms, and the most tasks of one curve. */
const STRETCH = 1 << 18
const MAX_STRETCHES = 8

/** Misses of a policy at each capacity; null at those that a partial report lacks. */
export type Misses = ReadonlyMap<PolicyName, readonly (number | null)[]>

/**
 * Misses of the curves of each set, on all cores. `name` is the list of tasks. LRU's pass is cut into stretches of the
 * requests: each begins with the stack that the requests before leave, for which no distances are needed, so that the sums
 * are what one pass counts.
 *
 * The same cut, with stacks that are put together afterwards: Niu, Dinan, Lu and Sadayappan, "PARDA: A Fast Parallel Reuse
 * Distance Analysis Algorithm", IPDPS 2012.
 */
export async function missCurves(
  name: string,
  sets: readonly CurveSet[],
  progress?: Progress,
): Promise<Misses[]> {
  const inputs = sets.flatMap(pointsOf)
  const done = await divide<Points, number[]>({
    name,
    inputs,
    cost: ({ set, policy, from, to }) =>
      isOnePass(sets[set], policy) ? DISTANCE * (to - from) + WARM_UP * from : costOf(policy) * to,
    progress,
    run: (inputs, done) => {
      const pool = new Pool(tasks)
      let common: { set: number; of: Common } | undefined
      return pool
        .map('missCurve', inputs, done, ({ set, policy, capacities, from, to }) => {
          if (common?.set !== set) common = { set, of: sets[set].requests() }
          const { of } = common
          return { ...of, policy, capacities, requests: of.requests.subarray(0, to), warmup: from }
        })
        .finally(() => pool.close())
    },
  })
  const results = new Map(done.map(({ input, result }) => [input, result]))
  const curves = sets.map(
    ({ policies, capacities }) =>
      new Map(policies.map((policy) => [policy, capacities.map((): number | null => 0)])),
  )
  for (const input of inputs) {
    const curve = curves[input.set].get(input.policy)!
    const misses = results.get(input)
    for (const i of input.capacities.keys()) {
      const sum = curve[input.first + i]
      curve[input.first + i] = sum === null || !misses ? null : sum + misses[i]
    }
  }
  return curves
}

/** LRU needs one pass for all capacities; other policies get one task a capacity. */
const isOnePass = ({ isReplayed }: CurveSet, policy: PolicyName) => policy === 'lru' && !isReplayed

function pointsOf(curves: CurveSet, set: number): Points[] {
  const { policies, capacities, count, warmup } = curves
  const counted = count - warmup
  const stretches = Math.max(1, Math.min(MAX_STRETCHES, Math.floor(counted / STRETCH)))
  const end = (stretch: number) => warmup + Math.round((counted * stretch) / stretches)
  return policies.flatMap((policy) =>
    isOnePass(curves, policy)
      ? Array.from({ length: stretches }, (_, i) => ({
          ...{ set, first: 0, policy, capacities, from: end(i), to: end(i + 1) },
        }))
      : capacities.map((capacity, first) => ({
          ...{ set, first, policy, capacities: [capacity], from: warmup, to: count },
        })),
  )
}
