import { expect, test } from 'vitest'
import { type ComparedCase, comparisonFinding, expectedByLaw } from '../../src/experiment/comparison.js'
import type { Finding } from '../../src/report/index.js'
import { verdict, verdictByLaw } from '../../src/stats/verdict.js'

const caseOf = (name: string, measured: number, half: number, expected = 0.5): ComparedCase => ({
  name,
  ...verdict(measured, expected, { low: measured - half, high: measured + half }),
})
const agreeing = caseOf('a', 0.51, 0.02)
const differing = caseOf('b', 0.56, 0.03)
const empty = caseOf('c', 0.5, Infinity)

function compare(cases: readonly ComparedCase[], isApproximate = false): Omit<Finding, 'id'> {
  return comparisonFinding({
    subject: 'Theory',
    things: 'ratios',
    unit: 'ratio',
    cases,
    isApproximate,
  }) as never
}

test('all agree: the finding says how large a difference the intervals may hide', () => {
  expect(compare([agreeing])).toEqual({
    text: 'Theory agrees with ratios. Largest difference: a, 1.0 percentage points (51.0%, expected 50.0%; 95% interval −1.0 to 3.0).',
    measured: 0.51,
    expected: 0.5,
    ok: true,
  })
  expect(compare([agreeing, caseOf('d', 0.5, 0.02)]).text).toContain(
    'agrees with both ratios. Largest difference: a, 1.0 percentage points (51.0%, expected 50.0%; 95% interval −1.0 to 3.0; the intervals hold for both comparisons together)',
  )
})

test('one that differs is named, with how much and how sure', () => {
  const finding = compare([agreeing, differing])
  expect(finding.text).toBe(
    'Theory agrees with 1 of 2 ratios. b differs by 6.0 percentage points (56.0%, expected 50.0%; 95% interval 3.0 to 9.0; the intervals hold for both comparisons together).',
  )
  expect(finding).toMatchObject({ measured: 0.56, ok: false })
  // A larger difference with a wider interval doesn't decide.
  expect(compare([caseOf('far', 0.7, 0.3), differing]).measured).toBe(0.56)
})

test('an approximation is no check: what differs is no failure, and what agrees no success', () => {
  expect(compare([differing], true)).not.toHaveProperty('ok')
  expect(compare([agreeing], true)).not.toHaveProperty('ok')
})

test('too few runs: neither right nor wrong', () => {
  expect(compare([empty])).not.toHaveProperty('ok')
  expect(compare([empty]).text).toMatch(
    /^Theory: too few runs or requests to compare ratios\..*one run has no interval/,
  )
  expect(compare([agreeing, empty])).not.toHaveProperty('ok')
  expect(compare([agreeing, empty]).text).toContain(
    'agrees with 1 of 2 ratios; too few runs or requests to compare 1 more.',
  )
})

test('many that differ: three are named', () => {
  expect(compare([1, 2, 3, 4, 5].map((i) => caseOf(`n${i}`, 0.6 + i / 100, 0.01))).text).toMatch(
    /n5 differs .* n4 differs .* n3 differs .* 2 more differ\./,
  )
})

test('a number with a known law: the range, and by how much it lies outside', () => {
  const range = { low: 0.45, high: 0.55 }
  expect(expectedByLaw(verdictByLaw(0.46, 0.5, range), 'ratio', 'rings')).toBe(
    'expected 50.0% (95% of rings: 45.0% to 55.0%)',
  )
  expect(expectedByLaw(verdictByLaw(0.4, 0.5, range), 'ratio', 'rings', 3)).toBe(
    'expected 50.0%, from which it differs by −10.0 percentage points (95% of rings: 45.0% to 55.0%, for all 3 comparisons together)',
  )
  expect(expectedByLaw(verdictByLaw(9, 4, { low: 3, high: 5 }), 'factor', 'rings')).toBe(
    'expected 4.00×, from which it differs by 5.00× (95% of rings: 3.00× to 5.00×)',
  )
})
