import { type EvictionPolicy, type PolicyName, type PolicyOptions, policies } from '../../eviction/index.js'

/** Sends requests to a policy in their order and counts the hits. */
type Loop = (policy: EvictionPolicy, requests: Uint32Array) => number

const loops = new Map<unknown, Loop>()

/**
 * Sends requests to a policy and counts the hits. O(requests), nothing is allocated.
 *
 * Each class of policies gets a loop of its own: one loop for all would see many classes, and the engine would
 * neither inline `access` nor keep its fields in registers, which costs a factor of three. The engine tells
 * functions apart by their source, so the source of each loop contains a different number.
 */
export function simulate(policy: EvictionPolicy, requests: Uint32Array): number {
  let loop = loops.get(policy.constructor)
  if (!loop) {
    const source = `/* ${loops.size} */ let hits = 0
      for (let i = 0; i < requests.length; i++) if (policy.access(requests[i])) hits++
      return hits`
    loop = new Function('policy', 'requests', source) as Loop
    loops.set(policy.constructor, loop)
  }
  return loop(policy, requests)
}

/** Hits of a fresh cache on requests, those of a warm-up at their beginning not counted. */
export function countHits(policy: PolicyName, options: PolicyOptions, warmup: number): number {
  const cache = policies[policy].create(options)
  simulate(cache, options.requests.subarray(0, warmup))
  return simulate(cache, options.requests.subarray(warmup))
}
