import { expect, test } from 'vitest'
import { classParts } from '../../src/grading/gradebook/class-parts.js'
import { type Entry, entryOf } from '../../src/grading/gradebook/entry.js'
import type { CheckResult } from '../../src/grading/results.js'
import { check, exerciseOf, gradeOf } from './grades.js'

const entry = (folder: string, checks: readonly CheckResult[], begun = true): Entry => {
  const later = exerciseOf([check('later', true, { points: 2 })], { slug: 'follow' })
  const grade = gradeOf(exerciseOf(checks, { begun }), later)
  return entryOf({ student: { folder, name: folder }, grade, problem: null }, [])
}
const wrong = (id: string, message: string, more: Partial<CheckResult> = {}) =>
  check(id, false, { message, ...more })

/** Of 10 points: 10, 6, 2, 2 where nothing is begun, and nothing handed in. */
const entries = [
  entry('ada', [check('one', true), check('two', true)]),
  entry('bob', [check('one', true), wrong('two', 'short')]),
  entry('cyd', [wrong('one', 'x'.repeat(1000), { ended: 'time' }), wrong('two', 'seldom')]),
  entry('dan', [wrong('one', 'short'), wrong('two', 'short')]),
  entry('eve', [wrong('one', ''), wrong('two', '')], false),
  entryOf({ student: { folder: 'fay', name: 'fay' }, grade: null, problem: 'nothing handed in' }, []),
]

test('how points are spread, and what each exercise brought', () => {
  const [spread, exercises] = classParts(entries).figures!
  expect(spread).toMatchObject({ kind: 'bars', series: [{ values: [0, 0, 3, 0, 0, 0, 1, 0, 0, 1] }] })
  expect(spread).toMatchObject({ categories: expect.arrayContaining(['0–10 %', '90–100 %']) })
  // Of eviction 8, 4, 0, 0 and 0 of 8 points.
  expect(exercises).toMatchObject({ categories: ['eviction', 'follow'], series: [{ values: [0.3, 1] }] })
  expect(classParts(entries.slice(0, 1))).toEqual({ tables: {} })
})

test('the checks that fail most, with the case that most have, of equals the shortest', () => {
  const row = { exercise: 'eviction', times: 1, timeouts: 0 }
  expect(classParts(entries).tables.checks!.rows).toEqual([
    { ...row, check: 'the check two', failed: 3, share: 3 / 4, case: 'short', times: 2 },
    { ...row, check: 'the check one', failed: 2, share: 2 / 4, case: 'short', timeouts: 1 },
  ])
  expect(classParts([entries[2]]).tables.checks!.rows[0]).toMatchObject({ case: `${'x'.repeat(200)}…` })
  const untold = classParts([entry('hal', [wrong('one', '')])]).tables.checks!
  expect(untold.title).toBe('Checks that fail most, of exercises that were begun')
  expect(untold.columns).toMatchObject({ case: false, times: false })
  const many = Array.from({ length: 12 }, (_, i) => wrong(`${i}`, 'short'))
  const { rows, title } = classParts([entry('gus', many)]).tables.checks!
  expect(rows).toHaveLength(10)
  expect(title).toMatch(/: the first 10$/)
})
