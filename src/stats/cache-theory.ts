import type { PolicyName } from '../eviction/index.js'

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
 * is no formula for the policy. For uniform probabilities all policies without the future get the same.
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
  const formula = formulas[uniform ? 'lru' : policy]
  if (!formula) return null
  const hits = formula(probabilities, capacity)
  return (hits(warmup + requests) - hits(warmup)) / requests
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

/**
 * Hits of a cache that fills up first and then has a steady ratio. In the first n requests a request for key i
 * hits if it was asked for before; the cache is full at Che's characteristic time T, Σ (1 − e^(−p_i T)) = C.
 * Che, Tung and Wang, "Hierarchical Web Caching Systems", IEEE JSAC 20(7), 2002.
 */
function afterFilling(p: Float64Array, capacity: number, steady: (time: number) => number): Hits {
  const time = characteristicTime(p, capacity)
  const ratio = time === Infinity ? 1 : steady(time)
  const filling = (n: number) => n - sum(p, (pi) => -Math.expm1(-pi * n))
  return (n) => (n <= time ? filling(n) : filling(time) + (n - time) * ratio)
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
