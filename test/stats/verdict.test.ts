import { describe, expect, test } from 'vitest'
import { createRandom } from '../../src/random/random.js'
import { chiSquareQuantile, normalQuantile } from '../../src/stats/special.js'
import {
  differenceInterval,
  jointConfidence,
  shareInterval,
  verdict,
  verdictByLaw,
} from '../../src/stats/verdict.js'

test('an interval that holds the expected number agrees, one that leaves it out differs by how much', () => {
  expect(verdict(0.52, 0.5, { low: 0.49, high: 0.55 })).toMatchObject({ kind: 'agrees' })
  const far = verdict(0.52, 0.5, { low: 0.51, high: 0.53 })
  expect(far.kind).toBe('differs')
  expect(far.low).toBeCloseTo(0.01, 12)
  expect(far.high).toBeCloseTo(0.03, 12)
  expect(verdict(0.48, 0.5, { low: 0.47, high: 0.49 }).kind).toBe('differs')
})

test('an interval that holds both nothing and twice the expected number says nothing', () => {
  expect(verdict(0.1, 0.1, { low: 0, high: 0.2 }).kind).toBe('too few')
  expect(verdict(0.1, 0.1, { low: 0.01, high: 0.2 }).kind).toBe('agrees')
  expect(verdict(0.1, 0.1, { low: -Infinity, high: Infinity }).kind).toBe('too few')
  expect(verdict(0, 0, { low: -Infinity, high: Infinity }).kind).toBe('too few')
  expect(verdict(0, 0, { low: 0, high: 0 }).kind).toBe('agrees')
})

test('rounding is no difference', () => {
  expect(verdict(0.3, 0.1 + 0.2, { low: 0.3, high: 0.3 }).kind).toBe('agrees')
  expect(verdict(0, 1e-20, { low: 0, high: 0 }).kind).toBe('agrees')
})

test('a number of a known law: outside the law’s range it differs', () => {
  expect(verdictByLaw(5, 6, { low: 4, high: 9 })).toMatchObject({ kind: 'agrees', low: -4, high: 1 })
  expect(verdictByLaw(10, 6, { low: 4, high: 9 })).toMatchObject({ kind: 'differs', low: 1, high: 6 })
  expect(verdictByLaw(3, 6, { low: 4, high: 9 }).kind).toBe('differs')
})

test('quantiles of the normal and the χ² distribution (printed tables)', () => {
  expect(normalQuantile(0.95)).toBeCloseTo(1.959964, 5)
  expect(normalQuantile(0.999)).toBeCloseTo(3.290527, 5)
  expect(chiSquareQuantile(0.05, 10)).toBeCloseTo(18.307, 3)
  expect(chiSquareQuantile(0.975, 2)).toBeCloseTo(0.0506, 4)
})

test('intervals for several comparisons are right together', () => {
  expect(jointConfidence(1)).toBeCloseTo(0.95, 12)
  expect(jointConfidence(10)).toBeCloseTo(0.995, 12)
  expect(jointConfidence(0)).toBeCloseTo(0.95, 12)
})

describe('the interval of a share', () => {
  // With 4000 tries a coverage of 95 % has a standard error of 0.34 %: four of them.
  test.each([
    ['ordinary', 0.3, 500, 8],
    ['rare: most runs have none', 0.002, 20, 10],
    ['nearly certain', 0.995, 50, 5],
  ])('%s: holds the true share in at least 95 of 100 cases', (_, share, trials, runs) => {
    const random = createRandom(1, 'shares')
    let held = 0
    for (let n = 0; n < 4000; n++) {
      const shares = Array.from({ length: runs }, () => {
        let hits = 0
        for (let i = 0; i < trials; i++) if (random.next() < share) hits++
        return hits / trials
      })
      const { low, high } = shareInterval(shares, trials, 0.95)
      if (low <= share && share <= high) held++
    }
    expect(held / 4000).toBeGreaterThan(0.95 - 4 * 0.0034)
  })

  test('runs that differ more than independent trials would widen it; one run has none', () => {
    const { low, high } = shareInterval([0.2, 0.8, 0.3, 0.7], 1e6, 0.95)
    // Mean 0.5, standard error 0.1472, t = 3.182.
    expect(low).toBeCloseTo(0.5 - 3.1824 * 0.1472, 3)
    expect(high).toBeCloseTo(0.5 + 3.1824 * 0.1472, 3)
    expect(shareInterval([0.5], 100, 0.95)).toEqual({ low: -Infinity, high: Infinity })
  })
})

test('differences alike in two runs are not certain: a request more in each can be chance', () => {
  const { low, high } = differenceInterval([0.1, 0.1], 10, 0.95)
  // Two events in all: their standard deviation is √2 of 20.
  expect(low).toBeCloseTo(0.1 - (1.96 * Math.SQRT2) / 20, 3)
  expect(high).toBeCloseTo(0.1 + (1.96 * Math.SQRT2) / 20, 3)
  expect(differenceInterval([0.1], 10, 0.95)).toEqual({ low: -Infinity, high: Infinity })
})

test('samples that are all alike show no difference: their interval has no width', () => {
  expect(verdict(500, 501, { low: 500, high: 500 }).kind).toBe('too few')
  expect(verdict(500, 500, { low: 500, high: 500 }).kind).toBe('agrees')
  expect(verdict(500, 501, { low: 499.9, high: 500.1 }).kind).toBe('differs')
})
