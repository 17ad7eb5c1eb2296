import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { type Exercise, loadCourse, pointsOf } from '../../src/grading/course.js'
import { gradeLab } from '../../src/grading/grade.js'
import { openLab } from '../../src/grading/lab.js'
import { languageNames } from '../../src/grading/languages.js'
import { solvedLab, temporaryFolder } from '../cli/lab.js'
import { root } from '../cli/run.js'
import { byLayer, hasQuickPassed } from '../layer.js'

let exercises: Exercise[]
beforeAll(async () => {
  exercises = await loadCourse()
})

test('every exercise has its parts', () => {
  expect(new Set(exercises.map(({ order }) => order)).size).toBe(exercises.length)
  for (const { slug, title, hints, lesson, functions, text, checks } of exercises) {
    expect(text.startsWith(`# ${title}\n`)).toBe(true)
    for (const name of functions) expect(text).toContain(`${name}`)
    expect(hints.length).toBeGreaterThanOrEqual(3)
    expect(lesson).not.toBe('')
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
    expect(checks.every(({ points }) => Number.isInteger(points) && points > 0)).toBe(true)
    // Solutions that judge the checks: see bank.ts.
    expect(existsSync(join(root, 'test/grading/bank', slug, 'bank.test.ts'))).toBe(true)
  }
})

test.each(languageNames)(
  'the reference solutions in %s get all points, the starters none',
  async (language) => {
    // In the quick layer each exercise is solved in one of the languages, and the first of these is not.
    const isNext = (_: unknown, i: number) => languageNames[i % languageNames.length] === language
    const first = exercises.filter(isNext)
    const others = hasQuickPassed ? exercises.filter((one) => !first.includes(one)) : exercises
    const some = byLayer(first, others)
    for (const [kind, tried] of [
      ['solution', some],
      ['starter', byLayer(some.slice(0, 1), some)],
    ] as const) {
      const lab = solvedLab(temporaryFolder(), language, kind)
      const grade = await gradeLab(openLab(lab), tried, { seed: 'a' })
      const score = kind === 'starter' ? 0 : tried.reduce((sum, exercise) => sum + pointsOf(exercise), 0)
      const unexpected = grade.exercises
        .flatMap(({ checks }) => checks)
        .filter(({ passed }) => passed !== score > 0)
      expect(unexpected).toEqual([])
      expect(grade.score).toBe(score)
      rmSync(lab, { recursive: true })
    }
  },
)
