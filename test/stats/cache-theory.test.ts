import { describe, expect, test } from 'vitest'
import { type PolicyName, policies } from '../../src/eviction/index.js'
import { simulate } from '../../src/experiment/eviction/simulate.js'
import { expectedHitRatio } from '../../src/stats/cache-theory.js'
import { workloads } from '../../src/workload/index.js'

function measured(
  policy: PolicyName,
  exponent: number,
  capacity: number,
  requests: number,
  warmup: number,
): number {
  const workload = workloads.zipf.create({ keys: 1000, exponent, requests: requests + warmup, seed: 1 })
  const all = new Uint32Array(requests + warmup)
  workload.next(all)
  const cache = policies[policy].create({ capacity, keyCount: 1000, seed: 1, rate: 1000, requests: all })
  simulate(cache, all.subarray(0, warmup))
  return simulate(cache, all.subarray(warmup)) / requests
}

describe.each(['lru', 'random', 'fifo'] as const)('%s', (policy) => {
  test.each([
    [0.7, 50, 400_000, 20_000],
    [1, 100, 400_000, 20_000],
    [1, 100, 5000, 0],
    [1.3, 300, 20_000, 0],
  ])('exponent %f, capacity %i, %i requests after %i', (exponent, capacity, requests, warmup) => {
    const { probabilities } = workloads.zipf.create({ keys: 1000, exponent, requests: 1, seed: 1 })
    const expected = expectedHitRatio(policy, probabilities!, capacity, requests, warmup)!
    // Hits are nearly independent: five binomial standard deviations, and half a percent for the approximation
    // (Fricker, Robert and Roberts, ITC 2012, find Che's better than that from tens of slots on).
    const noise = 5 * Math.sqrt((expected * (1 - expected)) / requests)
    expect(Math.abs(measured(policy, exponent, capacity, requests, warmup) - expected)).toBeLessThan(
      noise + 0.005,
    )
  })
})

test('uniform keys: capacity ÷ keys for every policy but the optimum', () => {
  const even = new Float64Array(1000).fill(0.001)
  for (const policy of ['lru', 'lfu', 'random', 'sieve'] as const) {
    expect(expectedHitRatio(policy, even, 100, 1e6, 1e6)).toBeCloseTo(0.1, 6)
  }
  expect(expectedHitRatio('opt', even, 100, 1e6)).toBeNull()
})

test('a cache for all keys misses only first requests', () => {
  const even = new Float64Array(10).fill(0.1)
  // After n requests 10 (1 − 0.9ⁿ) different keys have come.
  expect(100 * (1 - expectedHitRatio('lru', even, 10, 100)!)).toBeCloseTo(10 * (1 - 0.9 ** 100), 10)
})

test('a few requests to an empty cache: exact, by all sequences of keys', () => {
  const p = Float64Array.of(0.5, 0.3, 0.2)
  for (const policy of ['lru', 'fifo', 'random', 'lfu'] as const) {
    expect(expectedHitRatio(policy, p, 2, 1)).toBe(0)
    // The second request hits with Σ p².
    expect(expectedHitRatio(policy, p, 2, 2)).toBeCloseTo((0.25 + 0.09 + 0.04) / 2, 12)
  }
  let hits = 0
  for (let n = 0; n < 27; n++) {
    const keys = [n % 3, Math.floor(n / 3) % 3, Math.floor(n / 9)]
    hits += (3 - new Set(keys).size) * keys.reduce((product, key) => product * p[key], 1)
  }
  expect(expectedHitRatio('lru', p, 3, 3)).toBeCloseTo(hits / 3, 12)
  // The third request alone, after two others.
  expect(expectedHitRatio('lru', p, 3, 1, 2)).toBeCloseTo(hits - 0.38, 12)
})

test('LFU: the most probable keys, once they are known', () => {
  const probabilities = Float64Array.of(0.1, 0.4, 0.2, 0.3)
  expect(expectedHitRatio('lfu', probabilities, 2, 1000, 1000)).toBeCloseTo(0.7, 6)
  expect(expectedHitRatio('clock', probabilities, 2, 1000)).toBeNull()
})
