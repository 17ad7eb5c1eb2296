import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../src/random/random.js'
import { probabilityAllWithin } from '../../src/stats/all-within.js'
import {
  expectedSpread,
  keysDeviation,
  leastMoved,
  moduloMoved,
  moduloMovedByName,
  replacementMoved,
} from '../../src/stats/ring-theory.js'
import { logGamma, studentT } from '../../src/stats/special.js'
import {
  meanInterval,
  percentile,
  predictionInterval,
  ratio,
  spread,
  variance,
  wilsonInterval,
} from '../../src/stats/summary.js'

describe('special functions', () => {
  test('log gamma of whole and half numbers', () => {
    expect(logGamma(1)).toBeCloseTo(0, 12)
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 11)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
    expect(logGamma(1e6) / 12_815_504.569147611).toBeCloseTo(1, 12)
  })

  test.each([
    [0.95, 1, 12.7062],
    [0.95, 10, 2.2281],
    [0.95, 19, 2.093],
    [0.99, 5, 4.0321],
    [0.95, 1e6, 1.96],
  ])('Student’s t at %f with %i degrees of freedom (printed tables)', (confidence, degrees, t) => {
    expect(studentT(confidence, degrees)).toBeCloseTo(t, 3)
  })
})

describe('summaries', () => {
  test('spread', () => {
    expect(spread([3722, 2910, 3368])).toEqual({
      stddev: Math.sqrt(variance([3722, 2910, 3368])) / (10_000 / 3),
      minOverMean: 2910 / (10_000 / 3),
      maxOverMean: 3722 / (10_000 / 3),
      maxDeviation: (10_000 / 3 - 2910) / (10_000 / 3),
    })
    expect(spread([5]).stddev).toBe(0)
  })

  test('percentiles of ascending values, and none of no values', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1)
    expect([0, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 51, 100, 100])
    expect(percentile([], 0.5)).toBeNull()
  })

  test('a share of nothing is none', () => {
    expect([ratio(1, 4), ratio(0, 4), ratio(0, 0)]).toEqual([0.25, 0, null])
  })

  test('interval of a mean', () => {
    // Mean 3, standard error √(2.5 ÷ 5), t = 2.7764 with 4 degrees of freedom.
    const { low, high } = meanInterval([1, 2, 3, 4, 5])
    expect(low).toBeCloseTo(3 - 2.7764 * Math.sqrt(0.5), 3)
    expect(high).toBeCloseTo(3 + 2.7764 * Math.sqrt(0.5), 3)
    expect(meanInterval([1])).toEqual({ low: -Infinity, high: Infinity })
  })

  test('interval of one more value', () => {
    // Mean 3, standard deviation √2.5, t = 2.7764 with 4 degrees of freedom.
    const { low, high } = predictionInterval([1, 2, 3, 4, 5])
    expect(low).toBeCloseTo(3 - 2.7764 * Math.sqrt(2.5 * 1.2), 3)
    expect(high).toBeCloseTo(3 + 2.7764 * Math.sqrt(2.5 * 1.2), 3)
    expect(predictionInterval([1])).toEqual({ low: -Infinity, high: Infinity })
  })

  test('Wilson’s interval, also at the ends', () => {
    // Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    const close = (successes: number, trials: number, low: number, high: number) => {
      const interval = wilsonInterval(successes, trials)
      expect(interval.low).toBeCloseTo(low, 4)
      expect(interval.high).toBeCloseTo(high, 4)
    }
    close(81, 263, 0.2553, 0.3662)
    close(15, 148, 0.0624, 0.1605)
    close(0, 20, 0, 0.1611)
    close(1, 29, 0.0061, 0.1718)
  })
})

describe('theory of movement', () => {
  test('modulo: the lesson’s 80 % and 99 %, and other steps by counting', () => {
    expect(moduloMoved(4, 5)).toBeCloseTo(0.8, 12)
    expect(moduloMoved(100, 101)).toBeCloseTo(100 / 101, 12)
    for (const [before, after] of [
      [3, 4],
      [4, 6],
      [6, 3],
      [10, 15],
      [5, 5],
    ]) {
      const all = before * after
      let moved = 0
      for (let hash = 0; hash < all; hash++) if (hash % before !== hash % after) moved++
      expect(moduloMoved(before, after)).toBeCloseTo(moved / all, 12)
    }
  })

  test('modulo where any nodes come and go, by counting', () => {
    const names = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(names, names, (before, after) => {
        const all = before.length * after.length
        let moved = 0
        for (let hash = 0; hash < all; hash++)
          if (before[hash % before.length] !== after[hash % after.length]) moved++
        expect(moduloMovedByName(before, after)).toBeCloseTo(moved / all, 12)
      }),
    )
    expect(moduloMovedByName(['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd', 'e'])).toBe(moduloMoved(4, 5))
  })

  test('the least, and a replacement', () => {
    expect(leastMoved(4, 5)).toBeCloseTo(0.2, 12)
    expect(leastMoved(5, 3)).toBeCloseTo(0.4, 12)
    expect(replacementMoved(3)).toBe(0.5)
  })
})

describe('theory of balance', () => {
  test('spread of keys on simulated Dirichlet arcs', () => {
    const [nodes, vnodes, keys, runs] = [4, 5, 200, 4000]
    const random = createRandom(1, 'dirichlet')
    let squares = 0
    for (let run = 0; run < runs; run++) {
      const arcs = Array.from({ length: nodes }, () => {
        let sum = 0
        for (let i = 0; i < vnodes; i++) sum -= Math.log(1 - random.next())
        return sum
      })
      squares += spread(thrown(keys, arcs, random.next)).stddev ** 2
    }
    // The mean of 4000 variances with 3 degrees of freedom has a standard error of √(2/3 ÷ 4000) = 1.3 %, a
    // little more as arcs have heavier tails than normal ones; 8 % is five of them.
    expect(squares / runs / expectedSpread(nodes, vnodes, keys) ** 2).toBeGreaterThan(0.92)
    expect(squares / runs / expectedSpread(nodes, vnodes, keys) ** 2).toBeLessThan(1.08)
  })

  test('limits: many virtual nodes leave the luck of the keys, many keys the arcs', () => {
    expect(expectedSpread(4, 1e12, 10_000)).toBeCloseTo(expectedSpread(4, Infinity, 10_000), 8)
    expect(expectedSpread(4, Infinity, 10_000)).toBeCloseTo(Math.sqrt(3 / 10_000), 12)
    expect(expectedSpread(4, 10, 1e15)).toBeCloseTo(Math.sqrt(3 / 41), 6)
    expect(keysDeviation(2, 3, 1e15)).toBeCloseTo(Math.sqrt(0.5 / 4), 6)
  })
})

/** Keys thrown at random into bins of these sizes. */
function thrown(keys: number, sizes: readonly number[], next: () => number): number[] {
  const total = sizes.reduce((a, b) => a + b)
  const counts = sizes.map(() => 0)
  for (let key = 0; key < keys; key++) {
    let at = next() * total
    let bin = 0
    while (at > sizes[bin] && bin < sizes.length - 1) at -= sizes[bin++]
    counts[bin]++
  }
  return counts
}

describe('the probability that all nodes are within a band', () => {
  test('tiny cases by counting', () => {
    // 4 keys on 2 nodes, both within ±0 %: C(4, 2) ÷ 2⁴. With V = 1, keys 0 … 4 on a node are equally likely.
    expect(probabilityAllWithin(4, 2, 0.001, Infinity)).toBeCloseTo(6 / 16, 12)
    expect(probabilityAllWithin(4, 2, 0.001, 1)).toBeCloseTo(1 / 5, 12)
    expect(probabilityAllWithin(4, 2, 0.5, 1)).toBeCloseTo(3 / 5, 12)
    // 6 keys on 3 nodes, two each: 6! ÷ (2!³ 3⁶).
    expect(probabilityAllWithin(6, 3, 0.1, Infinity)).toBeCloseTo(90 / 729, 12)
    expect(probabilityAllWithin(10, 3, 0.05, 5)).toBe(0)
    expect(probabilityAllWithin(9, 1, 0.05, 5)).toBeCloseTo(1, 12)
  })

  test('four nodes and 10,000 keys, by a sum of binomials', () => {
    // Halves first, then quarters: Σ P(s keys in one half) · P(both quarters within | s) · P(… | K − s).
    expect(probabilityAllWithin(10_000, 4, 0.05, Infinity)).toBeCloseTo(0.9855889884613939, 9)
  })

  test('the grid for many keys agrees with the exact sum', () => {
    // At 40,000 keys the grid's step is 1, at 41,000 it is 2: the probability must not jump.
    for (const vnodes of [1000, 10_000, Infinity]) {
      const [exact, grid] = [40_000, 41_000].map((keys) => probabilityAllWithin(keys, 8, 0.05, vnodes))
      expect(Math.abs(exact - grid)).toBeLessThan(0.01)
    }
  })
})
