import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RecencyStack } from '../../src/eviction/recency-stack.js'
import { SampledDistances } from '../../src/eviction/sampled-distances.js'
import { StackDistances } from '../../src/eviction/stack-distances.js'
import { UNSAMPLED } from '../../src/trace/key-index.js'
import { SampledIndex } from '../../src/trace/sampled-index.js'
import { workloads } from '../../src/workload/index.js'
import { byLayer } from '../layer.js'
import { recordedTrace } from './recorded.js'

const requestsOf = fc.array(fc.nat({ max: 40 }), { maxLength: 400, size: 'max' })

test('the recency stack counts the keys since, also of keys that were renamed and forgotten', () => {
  fc.assert(
    fc.property(requestsOf, fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), (list, renamings) => {
      const stack = new RecencyStack(2)
      // The most recent key first; keys are told apart by their first names.
      const order: string[] = []
      let names = new Map<number, string>()
      let born = 0
      for (const [i, key] of list.entries()) {
        if (i % 60 === 59 && i / 60 < renamings.length) {
          const shift = renamings[Math.floor(i / 60)]
          const numbers = new Uint32Array(41).fill(UNSAMPLED)
          const kept = new Map<number, string>()
          for (let old = shift % 3; old < 41; old += 1 + (shift % 2)) {
            const fresh = (old + shift) % 41
            numbers[old] = fresh
            const name = names.get(old)
            if (name !== undefined) kept.set(fresh, name)
          }
          stack.rename(numbers)
          names = kept
          const left = new Set(kept.values())
          order.splice(0, order.length, ...order.filter((name) => left.has(name)))
          expect(stack.size).toBe(order.length)
        }
        const name = names.get(key) ?? `key ${born++}`
        names.set(key, name)
        const at = order.indexOf(name)
        expect(stack.request(key)).toBe(at)
        if (at >= 0) order.splice(at, 1)
        order.unshift(name)
      }
    }),
  )
})

/** The curve of a sample, its largest size, and the miss ratio of the whole at any capacity. */
function estimate(requests: Uint32Array, index: SampledIndex, batch = 1000) {
  const distances = new SampledDistances()
  let largest = 0
  let sampled = 0
  for (let from = 0; from < requests.length; from += batch) {
    for (const key of requests.subarray(from, from + batch)) {
      const number = index.numberOf(key)
      if (number === UNSAMPLED) continue
      sampled++
      distances.request(number)
    }
    const lost = index.shrink()
    if (lost) distances.shrink(lost.numbers, lost.ratio)
    largest = Math.max(largest, index.size)
  }
  const missRatio = (capacity: number) => distances.missRatio(capacity, requests.length, index.rate)
  return { missRatio, largest, sampled }
}

function exact(requests: Uint32Array, keyCount: number) {
  const distances = new StackDistances(keyCount)
  distances.add(requests)
  return (capacity: number) => 1 - distances.hits(capacity) / requests.length
}

test('a sample of all keys is exact', () => {
  fc.assert(
    fc.property(requestsOf, (list) => {
      const requests = Uint32Array.from(list)
      const whole = exact(requests, 41)
      const { missRatio } = estimate(requests, new SampledIndex(1))
      for (let capacity = 1; capacity <= 42; capacity++)
        expect(requests.length === 0 ? 0 : missRatio(capacity)).toBeCloseTo(
          list.length === 0 ? 0 : whole(capacity),
          12,
        )
    }),
  )
})

/** Mean absolute error over capacities from 32 slots of the sample to all keys. */
function meanError(requests: Uint32Array, index: SampledIndex) {
  const keyCount = requests.reduce((a, b) => Math.max(a, b)) + 1
  const whole = exact(requests, keyCount)
  const { missRatio, largest } = estimate(requests, index)
  const errors = Array.from({ length: 13 }, (_, i) => {
    const capacity = Math.round((32 * (index.size / 32) ** (i / 12)) / index.rate)
    return Math.abs(missRatio(capacity) - whole(capacity))
  })
  return { error: errors.reduce((a, b) => a + b) / errors.length, largest }
}

function zipf(keys: number, requests: number): Uint32Array {
  const drawn = new Uint32Array(requests)
  workloads.zipf.create({ keys, requests, exponent: 1, seed: 1 }).next(drawn)
  return drawn
}

// Zipf's at the size that is asked of a sample of 1 %; the recorded traces are short, so they take a larger share.
test.each([
  [
    'Zipf',
    () => zipf(...byLayer<[number, number]>([200_000, 1_000_000], [1_000_000, 4_000_000])),
    byLayer(0.05, 0.01),
  ],
  ['cloudPhysicsIO', () => recordedTrace('cloudPhysicsIO'), 0.1],
  ['adaptsize', () => recordedTrace('adaptsize'), 0.1],
] as const)('%s: a fixed rate is within 0.01 of the exact curve', (_, requests, rate) => {
  expect(meanError(requests(), new SampledIndex(rate)).error).toBeLessThan(0.01)
})

test.each(['lirs-2_pools', 'lirs-sprite', 'cloudPhysicsIO', 'adaptsize'])(
  '%s: a sample of 8,192 keys is within 0.01 of the exact curve, and never larger',
  (name) => {
    const { error, largest } = meanError(recordedTrace(name), new SampledIndex(1, 8192))
    expect(error).toBeLessThan(0.01)
    expect(largest).toBeLessThanOrEqual(8192)
  },
)

test('the sample keeps to its limit whatever comes, and still counts every request', () => {
  const requests = Uint32Array.from({ length: byLayer(200_000, 2_000_000) }, (_, i) => i)
  const index = new SampledIndex(1, 1024)
  const { missRatio, largest } = estimate(requests, index)
  expect(largest).toBeLessThanOrEqual(1024)
  expect(index.size).toBeGreaterThan(700)
  // No key comes twice: each request misses. The number of sampled keys has a standard deviation of √size.
  expect(Math.abs(missRatio(100) - 1)).toBeLessThan(5 / Math.sqrt(index.size))
})
