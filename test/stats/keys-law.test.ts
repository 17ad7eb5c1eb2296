import { describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../../src/random/random.js'
import { keysRange, spreadLaw } from '../../src/stats/keys-law.js'
import { expectedSpread } from '../../src/stats/ring-theory.js'
import { spread } from '../../src/stats/summary.js'

describe('the range of a node’s number of keys', () => {
  test('one virtual node each: every number of keys is as likely as any other', () => {
    // 0 … 99 with probability 1 % each: 2 of them are less than 2.5 %, 3 are more.
    expect(keysRange(99, 1, 2, 0.95)).toEqual({ low: 2, high: 97 })
  })

  test('a perfect placement: binomial, by its printed quantiles', () => {
    // Binomial(20, ½): P(X ≤ 5) = 0.0207, P(X ≤ 6) = 0.0577.
    expect(keysRange(20, 0.5, Infinity, 0.95)).toEqual({ low: 6, high: 14 })
    // Binomial(10, 0.1): P(X ≤ 3) = 0.9872, P(X ≤ 2) = 0.9298.
    expect(keysRange(10, 0.1, Infinity, 0.95)).toEqual({ low: 0, high: 3 })
  })

  test('many keys and virtual nodes: the normal range', () => {
    const { low, high } = keysRange(1e8, 1500, 4500, 0.95)
    const half = 1.959964 * Math.sqrt(((1 / 3) * (2 / 3)) / 4501) * 1e8
    expect((high - low) / 2 / half).toBeCloseTo(1, 2)
  })

  test('all keys or none', () => {
    expect(keysRange(10, 3, 3, 0.95)).toEqual({ low: 10, high: 10 })
    expect(keysRange(10, 0, Infinity, 0.95)).toEqual({ low: 0, high: 0 })
  })
})

/** Keys of each node of a random ring. */
function ring(nodes: number, vnodes: number, keys: number, random: Random): number[] {
  const sums: number[] = []
  for (let node = 0; node < nodes; node++) {
    let arc = vnodes === Infinity ? 1 : 0
    for (let i = 0; i < vnodes && vnodes !== Infinity; i++) arc -= Math.log(1 - random.next())
    sums.push((sums.at(-1) ?? 0) + arc)
  }
  const counts = sums.map(() => 0)
  for (let key = 0; key < keys; key++) {
    const at = random.next() * sums[nodes - 1]
    counts[sums.findIndex((sum) => sum > at)]++
  }
  return counts
}

describe('the law of the spread', () => {
  test.each([
    [2, 1, 300, 1],
    [3, 1, 300, 1],
    [3, 50, 1000, 1],
    [10, 5, 200, 1],
    [10, 2, 300, 5],
    [4, Infinity, 50, 1],
    [20, 1, 400, 1],
    [3, 2, 5, 1],
    [5, Infinity, 4, 1],
  ])(
    '%d nodes, %d virtual nodes, %d keys, %d rings: 95 of 100 are within the range',
    (nodes, vnodes, keys, rings) => {
      const random = createRandom(1, 'rings')
      const law = spreadLaw(nodes, vnodes, keys, rings)
      const { low, high } = law.range(0.95)
      const tries = 2000
      let held = 0
      let above = 0
      for (let n = 0; n < tries; n++) {
        let squares = 0
        for (let i = 0; i < rings; i++)
          squares += spread(ring(nodes, vnodes, keys, random)).stddev ** 2 / rings
        const deviation = Math.sqrt(squares)
        if (deviation >= low && deviation <= high) held++
        if (deviation > high * (1 + 1e-9)) above++
      }
      expect(above / tries).toBeLessThan(0.045)
      // With a handful of keys only few deviations are possible.
      if (keys < 50) return
      // The standard error is 0.5 %; the rest is for the approximate shape.
      expect(held / tries).toBeGreaterThan(0.93)
      expect(held / tries).toBeLessThan(0.985)
      expect(law.tail(high)).toBeCloseTo(0.025, 6)
    },
  )

  test('many virtual nodes and keys: χ² with N − 1 degrees of freedom', () => {
    const law = spreadLaw(3, 1e6, 1e9)
    // Printed tables: 5.991 is the upper 5 % point with 2 degrees of freedom.
    expect(law.tail(expectedSpread(3, 1e6, 1e9) * Math.sqrt(5.991 / 2))).toBeCloseTo(0.05, 3)
    expect(spreadLaw(1, 5, 10).range(0.95)).toEqual({ low: 0, high: 0 })
    // The cancelling sums and their limit meet.
    const [sums, limit] = [2990, 3010].map((keys) => spreadLaw(4, Infinity, keys).tail(Math.sqrt(6 / keys)))
    expect(Math.abs(sums - limit)).toBeLessThan(0.002)
  })
})
