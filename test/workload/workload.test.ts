import { describe, expect, test } from 'vitest'
import {
  exponentForSkew,
  topShare,
  Uniform,
  type Workload,
  workloadNames,
  workloads,
  Zipf,
} from '../../src/workload/index.js'

function draw(workload: Workload, count: number, chunk = count): Uint32Array {
  const all = new Uint32Array(count)
  for (let i = 0; i < count; i += chunk) workload.next(all.subarray(i, Math.min(i + chunk, count)))
  return all
}

/** χ² of requests against probabilities, in order of popularity. */
function chiSquare(requests: Uint32Array, probabilities: readonly number[]): number {
  const counts = new Uint32Array(probabilities.length)
  for (const key of requests) counts[key]++
  const ranked = probabilities[0] === probabilities.at(-1) ? counts : counts.sort().reverse()
  return probabilities.reduce(
    (sum, p, i) => sum + (ranked[i] - p * requests.length) ** 2 / (p * requests.length),
    0,
  )
}

test.each(workloadNames)('%s: the same seed is the same stream, however it is cut up', (name) => {
  const whole = draw(workloads[name](500, 7), 5000)
  expect(draw(workloads[name](500, 7), 5000, 13)).toEqual(whole)
  expect(draw(workloads[name](500, 8), 5000)).not.toEqual(whole)
  expect(whole.every((key) => key < 500)).toBe(true)
})

test('uniform follows its law', () => {
  const keys = 100
  // χ² has 99 degrees of freedom: mean 99, standard deviation √198 = 14.1; five of them is 70.
  const probabilities = new Array<number>(keys).fill(1 / keys)
  expect(Math.abs(chiSquare(draw(new Uniform(keys, 1), 200_000), probabilities) - 99)).toBeLessThan(70)
})

describe('zipf', () => {
  test('follows its law', () => {
    const keys = 50
    const weights = Array.from({ length: keys }, (_, rank) => 1 / (rank + 1))
    const total = weights.reduce((a, b) => a + b)
    // Ranked by what was counted, which can only bring χ² down a little; 49 ± 5 · √98.
    const measured = chiSquare(
      draw(new Zipf(keys, 1, 1), 500_000),
      weights.map((weight) => weight / total),
    )
    expect(measured).toBeLessThan(49 + 5 * Math.sqrt(98))
  })

  test('popularity is not the key’s number', () => {
    const counts = new Uint32Array(1000)
    for (const key of draw(new Zipf(1000, 1, 1), 100_000)) counts[key]++
    const top = counts.indexOf(counts.reduce((a, b) => Math.max(a, b)))
    const other = new Uint32Array(1000)
    for (const key of draw(new Zipf(1000, 1, 2), 100_000)) other[key]++
    expect(other.indexOf(other.reduce((a, b) => Math.max(a, b)))).not.toBe(top)
  })

  test('exponent 0 is uniform, one key is always that key', () => {
    const probabilities = new Array<number>(100).fill(0.01)
    expect(Math.abs(chiSquare(draw(new Zipf(100, 0, 1), 200_000), probabilities) - 99)).toBeLessThan(70)
    expect(draw(new Zipf(1, 1, 1), 10).every((key) => key === 0)).toBe(true)
  })

  test('the exponent for 80/20 gives 20 % of the keys 80 % of the requests', () => {
    for (const keys of [100, 1000, 10_000]) {
      expect(topShare(keys, keys / 5, exponentForSkew(keys, 0.2, 0.8))).toBeCloseTo(0.8, 9)
    }
  })
})
