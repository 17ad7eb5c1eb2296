import type { PolicyName } from '../../eviction/index.js'
import type { Progress } from '../../keys/index.js'
import { Pool } from '../../parallel/pool.js'
import { tasks } from '../tasks.js'
import type { CurveTask } from './miss-curve.js'

/** Misses of several policies at each capacity, on all cores. The requests should be in memory that workers share. */
export async function missCurves(
  policies: readonly PolicyName[],
  common: Omit<CurveTask, 'policy'>,
  progress?: Progress,
): Promise<Map<PolicyName, number[]>> {
  if (policies.length === 0) return new Map()
  const pool = new Pool(tasks)
  const inputs = policies.flatMap((policy) =>
    // LRU needs one pass for all capacities; other policies get one task a capacity.
    (policy === 'lru' ? [common.capacities] : common.capacities.map((capacity) => [capacity])).map(
      (capacities): CurveTask => ({ ...common, policy, capacities }),
    ),
  )
  let done = 0
  const results = await pool
    .map('missCurve', inputs, () => progress?.(++done, inputs.length))
    .finally(() => pool.close())
  return new Map(
    policies.map((policy) => [policy, results.filter((_, i) => inputs[i].policy === policy).flat()]),
  )
}
