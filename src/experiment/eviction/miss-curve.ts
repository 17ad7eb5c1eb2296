import { type PolicyName, policies } from '../../eviction/index.js'
import { StackDistances } from '../../eviction/stack-distances.js'
import type { WorkloadName } from '../../workload/index.js'
import { drawAll, type RequestsSetup, workloadOf } from './requests.js'
import { simulate } from './simulate.js'

/** One policy on one stretch of requests, at several capacities: plain data, so that a worker can do it. */
export interface CurveTask extends RequestsSetup {
  readonly policy: PolicyName
  readonly workload: WorkloadName
  readonly capacities: readonly number[]
  readonly seed: number
  readonly rate: number
}

/** Misses of a policy at each capacity. LRU needs one pass for all of them, the others one each. */
export function missCurve({ policy, capacities, ...setup }: CurveTask): number[] {
  const { workload: name, warmup, requests, seed, rate } = setup
  const workload = workloadOf(name, setup, seed)
  const all = drawAll(workload, warmup + requests)
  const { keyCount } = workload
  const counted = all.subarray(warmup)
  if (policy === 'lru') {
    const distances = new StackDistances(keyCount)
    distances.add(all.subarray(0, warmup))
    const before = capacities.map((capacity) => distances.hits(capacity))
    distances.add(counted)
    return capacities.map((capacity, i) => requests - (distances.hits(capacity) - before[i]))
  }
  return capacities.map((capacity) => {
    const cache = policies[policy].create({ capacity, keyCount, seed, rate, requests: all })
    simulate(cache, all.subarray(0, warmup))
    return requests - simulate(cache, counted)
  })
}
