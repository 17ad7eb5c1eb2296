import { type EvictionPolicy, type PolicyName, type PolicyOptions, policies } from '../../eviction/index.js'
import { breathe } from '../../parallel/breathe.js'

// biome-ignore lint/suspicious/noExplicitAny: a loop may take anything.
type Loop = (...parameters: any[]) => any

const copies = new Map<Loop, Map<unknown, Loop>>()

/**
 * A copy of a loop for the class of a policy. One loop for all would see many classes, and the engine would neither
 * inline `access` nor keep its fields in registers, which costs a factor of three. The engine tells functions apart by
 * their source, so the source of each copy contains a different number. The loop must refer to its parameters only.
 */
export function specialized<L extends Loop>(policy: EvictionPolicy, loop: L): L {
  const ofLoop = copies.get(loop) ?? new Map<unknown, Loop>()
  copies.set(loop, ofLoop)
  const copy = ofLoop.get(policy.constructor) ?? new Function(`return ${loop} /* ${ofLoop.size} */`)()
  ofLoop.set(policy.constructor, copy)
  return copy
}

/**
 * Sends requests to a policy and counts the hits. O(requests), nothing is allocated.
 *
 * @example
 * import { type EvictionPolicy, policies, simulate } from 'cachelab/eviction'
 * import { Zipf } from 'cachelab/workload'
 * const requests = new Uint32Array(10_000)
 * new Zipf(1000, 1, 1).next(requests)
 * const cache: EvictionPolicy = policies.sieve.create({ capacity: 100, keyCount: 1000, seed: 1, rate: 1000, requests })
 * simulate(cache, requests) // 6310
 */
export function simulate(policy: EvictionPolicy, requests: Uint32Array): number {
  return specialized(policy, hitsOf)(policy, requests)
}

function hitsOf(policy: EvictionPolicy, requests: Uint32Array): number {
  let hits = 0
  for (let i = 0; i < requests.length; i++) if (policy.access(requests[i])) hits++
  return hits
}

/** Hits of a fresh cache on requests, those of a warm-up at their beginning not counted. */
export function countHits(policy: PolicyName, options: PolicyOptions, warmup: number): number {
  const cache = policies[policy].create(options)
  simulate(cache, options.requests.subarray(0, warmup))
  return simulate(cache, options.requests.subarray(warmup))
}

/** Requests after which the event loop may turn. */
const TURN = 1_000_000

/** The same, with turns of the event loop in between; `passed` is told how many requests have been sent since it was. */
export async function countHitsInTurns(
  policy: PolicyName,
  options: PolicyOptions,
  warmup: number,
  passed: (requests: number) => void,
): Promise<number> {
  const { requests } = options
  const cache = policies[policy].create(options)
  let hits = 0
  for (let from = 0; from < requests.length; ) {
    const to = Math.min(from < warmup ? warmup : requests.length, from + TURN)
    const part = simulate(cache, requests.subarray(from, to))
    if (from >= warmup) hits += part
    passed(to - from)
    from = to
    await breathe()
  }
  return hits
}
