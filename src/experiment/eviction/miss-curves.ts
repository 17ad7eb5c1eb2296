import type { PolicyName } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { divide } from '../../parallel/division.js'
import { Pool } from '../../parallel/pool.js'
import { tasks } from '../tasks.js'
import { costOf } from './cost.js'
import type { CurveTask } from './miss-curve.js'

/** What all curves are of. */
interface Curves {
  /** Names the list of tasks. */
  readonly name: string
  readonly policies: readonly PolicyName[]
  readonly capacities: readonly number[]
  /** The requests, in memory that workers should share; they aren't asked for where parts are merged. */
  requests(): Omit<CurveTask, 'policy' | 'capacities'>
}

type Points = Pick<CurveTask, 'policy' | 'capacities'>

/** Time of LRU's one pass for all capacities, relative to one cache. */
const STACK_DISTANCES = 5

/** Misses of several policies at each capacity, on all cores; null at those that a partial report lacks. */
export async function missCurves(
  { name, policies, capacities, requests }: Curves,
  progress?: Progress,
): Promise<Map<PolicyName, (number | null)[]>> {
  const done = await divide<Points, number[]>({
    name,
    inputs: policies.flatMap((policy) =>
      // LRU needs one pass for all capacities; other policies get one task a capacity.
      (policy === 'lru' ? [capacities] : capacities.map((capacity) => [capacity])).map((some) => ({
        policy,
        capacities: some,
      })),
    ),
    cost: ({ policy }) => (policy === 'lru' ? STACK_DISTANCES : costOf(policy)),
    progress,
    run: (inputs, done) => {
      const pool = new Pool(tasks)
      const common = requests()
      return pool
        .map('missCurve', inputs, done, (points) => ({ ...common, ...points }))
        .finally(() => pool.close())
    },
  })
  const misses = new Map(policies.map((policy) => [policy, new Map<number, number>()]))
  for (const { input, result } of done)
    for (const [i, capacity] of input.capacities.entries()) misses.get(input.policy)!.set(capacity, result[i])
  return new Map(
    [...misses].map(([policy, at]) => [policy, capacities.map((capacity) => at.get(capacity) ?? null)]),
  )
}
