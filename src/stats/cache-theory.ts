import type { PolicyName } from '../eviction/index.js'
import { isOwn } from '../own-name.js'

/**
 * Hit ratios under the independent reference model: each request asks for key i with probability p_i, whatever
 * came before. All sums are O(keys), the fixed points take fifty of them.
 */

/** Expected hits among the first so many requests of a cache that begins empty. */
type Hits = (requests: number) => number

/** What a formula is called, so that a report can cite it. */
export const theories: Partial<Record<PolicyName, string>> = {
  lru: 'Che’s approximation',
  random: 'Gelenbe’s fixed point',
  fifo: 'Gelenbe’s fixed point',
  lfu: 'the most probable keys',
}

/**
 * The expected hit ratio of `requests` requests after `warmup` others into an empty cache, or null where there
 * is no formula for the policy. For uniform probabilities all of ours without the future get the same.
 */
export function expectedHitRatio(
  policy: PolicyName,
  probabilities: Float64Array,
  capacity: number,
  requests: number,
  warmup = 0,
): number | null {
  if (policy === 'opt') return null
  const uniform = probabilities[0] === probabilities[probabilities.length - 1]
  const formula = formulas[uniform && !isOwn(policy) ? 'lru' : policy]
  if (!formula) return null
  const hits = formula(probabilities, capacity)
  return Math.max(0, hits(warmup + requests) - hits(warmup)) / requests
}

const formulas: Partial<Record<PolicyName, (p: Float64Array, capacity: number) => Hits>> = {
  // While the cache fills nothing is evicted; from the characteristic time on the steady state holds.
  lru: (p, capacity) => afterFilling(p, capacity, (time) => sum(p, (pi) => -pi * Math.expm1(-pi * time))),
  random: (p, capacity) => afterFilling(p, capacity, () => gelenbe(p, capacity)),
  fifo: (p, capacity) => afterFilling(p, capacity, () => gelenbe(p, capacity)),
  lfu: (p, capacity) => {
    const top = Float64Array.from(p).sort().reverse().subarray(0, capacity)
    return afterFilling(p, capacity, () => sum(top, (pi) => pi))
  },
}

/** Requests in which an LRU cache turns over, Σ (1 − e^(−p_i T)) = C; Infinity where all keys fit. O(keys). */
export function characteristicTime(p: Float64Array, capacity: number): number {
  return capacity >= p.length ? Infinity : solve((t) => sum(p, (pi) => -Math.expm1(-pi * t)), capacity)
}

/** Different keys expected in the first n requests, Σ 1 − (1 − p_i)^n: exact, also for a few requests. O(keys). */
function differentKeys(p: Float64Array, n: number): number {
  return n === 0 ? 0 : sum(p, (pi) => -Math.expm1(n * Math.log1p(-pi)))
}

/**
 * Hits of a cache that fills up first and then has a steady ratio. While it fills, all requests hit but the first for
 * each key; it is full when as many keys as fit are expected, Σ 1 − (1 − p_i)^T = C. This is exact for at most C
 * requests. The steady ratio is Che's: Che, Tung and Wang, "Hierarchical Web Caching Systems", IEEE JSAC 20(7), 2002.
 */
function afterFilling(p: Float64Array, capacity: number, steady: (time: number) => number): Hits {
  const time = characteristicTime(p, capacity)
  const ratio = time === Infinity ? 1 : steady(time)
  const filling = (n: number) => n - differentKeys(p, n)
  const full = capacity >= p.length ? Infinity : solve((n) => differentKeys(p, n), capacity)
  return (n) => (n <= full ? filling(n) : filling(full) + (n - full) * ratio)
}

/**
 * Random and FIFO in the steady state: key i is cached with probability p_i T ÷ (1 + p_i T), and these add up
 * to the capacity. Gelenbe, "A Unified Approach to the Evaluation of a Class of Replacement Algorithms", IEEE
 * Trans. Computers C-22(6), 1973; as a fixed point in Martina, Garetto and Leonardi, INFOCOM 2014.
 */
function gelenbe(p: Float64Array, capacity: number): number {
  const time = solve((t) => sum(p, (pi) => (pi * t) / (1 + pi * t)), capacity)
  return sum(p, (pi) => (pi * pi * time) / (1 + pi * time))
}

function sum(values: Float64Array, term: (value: number) => number): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += term(values[i])
  return total
}

/** The argument at which an increasing function reaches a value. By doubling and bisection. */
function solve(f: (x: number) => number, value: number): number {
  let high = 1
  while (f(high) < value) high *= 2
  let low = 0
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (f(middle) < value) low = middle
    else high = middle
  }
  return high
}
