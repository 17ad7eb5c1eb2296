import { describe, expect, test } from 'vitest'
import {
  exponentForSkew,
  topShare,
  type Workload,
  type WorkloadName,
  workloadNames,
  workloads,
} from '../../src/workload/index.js'

const options = { keys: 500, requests: 5000, exponent: 1, seed: 7 }

function create(name: WorkloadName, changes: Partial<typeof options> = {}): Workload {
  return workloads[name].create({ ...options, ...changes })
}

function draw(workload: Workload, count: number, chunk = count): Uint32Array {
  const all = new Uint32Array(count)
  for (let i = 0; i < count; i += chunk) workload.next(all.subarray(i, Math.min(i + chunk, count)))
  return all
}

/** χ² of requests against probabilities, in order of popularity. */
function chiSquare(requests: Uint32Array, probabilities: ArrayLike<number>): number {
  const counts = new Uint32Array(probabilities.length)
  for (const key of requests) counts[key]++
  const isUniform = probabilities[0] === probabilities[probabilities.length - 1]
  const ranked = isUniform ? counts : counts.sort().reverse()
  return Array.from(ranked).reduce((total, count, i) => {
    const expected = probabilities[i] * requests.length
    return total + (count - expected) ** 2 / expected
  }, 0)
}

describe.each(workloadNames)('%s', (name) => {
  test('the same seed is the same stream, however it is cut up', () => {
    const whole = draw(create(name), 5000)
    expect(draw(create(name), 5000, 13)).toEqual(whole)
    if (name !== 'scan' && name !== 'loop') expect(draw(create(name, { seed: 8 }), 5000)).not.toEqual(whole)
  })

  test('keys are below the key count, and probabilities add up to one', () => {
    const workload = create(name)
    for (const key of draw(workload, 5000)) expect(key).toBeLessThan(workload.keyCount)
    const total = workload.probabilities?.reduce((a, b) => a + b) ?? 1
    expect(total).toBeCloseTo(1, 9)
  })
})

test('uniform follows its law', () => {
  const workload = create('uniform', { keys: 100, seed: 1 })
  // χ² has 99 degrees of freedom: mean 99, standard deviation √198 = 14.1; five of them is 70.
  expect(Math.abs(chiSquare(draw(workload, 200_000), workload.probabilities!) - 99)).toBeLessThan(70)
})

describe('zipf', () => {
  test.each([0, 0.5, 1, 1.000001, 1.4, 8])(
    'a share of many keys is what adding up gives: exponent %f',
    (exponent) => {
      const sum = (ranks: number) => {
        let total = 0
        for (let rank = ranks; rank >= 1; rank--) total += rank ** -exponent
        return total
      }
      const expected = sum(300_000) / sum(1_500_000)
      expect(Math.abs(topShare(1_500_000, 300_000, exponent) / expected - 1)).toBeLessThan(1e-12)
    },
  )

  test.each([0.5, 1, 1.4])('with exponent %f it follows its law', (exponent) => {
    const workload = create('zipf', { keys: 50, exponent, seed: 1 })
    // Ranked by what was counted, which can only bring χ² down a little; 49 ± 5 · √98.
    expect(chiSquare(draw(workload, 500_000), workload.probabilities!)).toBeLessThan(49 + 5 * Math.sqrt(98))
  })

  test('popularity is not the key’s number', () => {
    const top = (seed: number) => {
      const counts = new Uint32Array(1000)
      for (const key of draw(create('zipf', { keys: 1000, seed }), 100_000)) counts[key]++
      return counts.indexOf(counts.reduce((a, b) => Math.max(a, b)))
    }
    expect(top(1)).not.toBe(top(2))
  })

  test('exponent 0 is uniform, one key is always that key', () => {
    const workload = create('zipf', { keys: 100, exponent: 0, seed: 1 })
    expect(Math.abs(chiSquare(draw(workload, 200_000), new Float64Array(100).fill(0.01)) - 99)).toBeLessThan(
      70,
    )
    expect(draw(create('zipf', { keys: 1 }), 10).every((key) => key === 0)).toBe(true)
  })

  test('the exponent for 80/20 gives 20 % of the keys 80 % of the requests', () => {
    for (const keys of [100, 1000, 10_000]) {
      expect(topShare(keys, keys / 5, exponentForSkew(keys, 0.2, 0.8))).toBeCloseTo(0.8, 9)
    }
  })
})

test('a scan has every key once, a loop has them all again and again', () => {
  expect(new Set(draw(create('scan'), 5000)).size).toBe(5000)
  expect([...draw(create('loop', { keys: 3 }), 7)]).toEqual([0, 1, 2, 0, 1, 2, 0])
})

test('a hotspot moves on: what is hot at first is not later', () => {
  const requests = draw(create('hotspot'), 5000)
  const hot = (part: Uint32Array, from: number) =>
    part.filter((key) => key >= from && key < from + 50).length / part.length
  // 90 % of 500 requests go to the hot tenth, and a tenth of the others: 0.91 ± 0.013, five of them.
  expect(Math.abs(hot(requests.subarray(0, 500), 0) - 0.91)).toBeLessThan(0.065)
  expect(Math.abs(hot(requests.subarray(500, 1000), 50) - 0.91)).toBeLessThan(0.065)
  expect(hot(requests.subarray(500, 1000), 0)).toBeLessThan(0.065)
})

test('mixed is Zipf on one half with scans over the other', () => {
  const requests = draw(create('mixed'), 1500)
  expect(requests.subarray(0, 500).every((key) => key < 250)).toBe(true)
  expect([...requests.subarray(500, 750)]).toEqual(Array.from({ length: 250 }, (_, i) => 250 + i))
  expect(requests.subarray(750, 1250).every((key) => key < 250)).toBe(true)
})
