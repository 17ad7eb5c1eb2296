import type { PolicyName } from '../../eviction/index.js'
import { StackDistances } from '../../eviction/stack-distances.js'
import { replay } from './replay.js'
import type { Requests } from './request-log.js'
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
  /** Everything, of a trace with writes, deletions or lifetimes; `requests` are its reads. */
  readonly history?: Requests | undefined
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
  history,
}: CurveTask): number[] {
  if (history)
    return capacities.map((capacity) => {
      const { reads, hits } = replay({ policy, capacity, requests: history, warmup, seed, rate })
      return reads - hits
    })
  const counted = requests.subarray(warmup)
  if (policy === 'lru') {
    const distances = new StackDistances(keyCount)
    distances.warmUp(requests.subarray(0, warmup))
    distances.add(counted)
    return capacities.map((capacity) => counted.length - distances.hits(capacity))
  }
  return capacities.map(
    (capacity) => counted.length - countHits(policy, { capacity, keyCount, seed, rate, requests }, warmup),
  )
}
