import type { PolicyName } from '../../eviction/index.js'
import { StackDistances } from '../../eviction/stack-distances.js'
import { countHits } from './simulate.js'

/** One policy on the same requests at several capacities: plain data, so that a worker can do it. */
export interface CurveTask {
  readonly policy: PolicyName
  readonly capacities: readonly number[]
  readonly requests: Uint32Array
  readonly keyCount: number
  /** Requests at the beginning that are not counted. */
  readonly warmup: number
  readonly seed: number
  readonly rate: number
}

/** Misses of a policy at each capacity. LRU needs one pass for all of them, the others one each. */
export function missCurve({
  policy,
  capacities,
  requests,
  keyCount,
  warmup,
  seed,
  rate,
}: CurveTask): number[] {
  const counted = requests.subarray(warmup)
  if (policy === 'lru') {
    const distances = new StackDistances(keyCount)
    distances.add(requests.subarray(0, warmup))
    const before = capacities.map((capacity) => distances.hits(capacity))
    distances.add(counted)
    return capacities.map((capacity, i) => counted.length - (distances.hits(capacity) - before[i]))
  }
  return capacities.map(
    (capacity) => counted.length - countHits(policy, { capacity, keyCount, seed, rate, requests }, warmup),
  )
}
