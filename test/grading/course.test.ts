import { rmSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { type Exercise, loadCourse, pointsOf } from '../../src/grading/course.js'
import { gradeLab } from '../../src/grading/grade.js'
import { openLab } from '../../src/grading/lab.js'
import { languageNames } from '../../src/grading/languages.js'
import { solvedLab, temporaryFolder } from '../cli/lab.js'

let exercises: Exercise[]
beforeAll(async () => {
  exercises = await loadCourse()
})

test('points are whole numbers, a hundred in all', () => {
  expect(exercises.map((exercise) => [exercise.slug, pointsOf(exercise)])).toEqual([
    ['keys-moved', 10],
    ['sentinel-or-cluster', 10],
    ['hash-ring', 20],
    ['replication', 20],
    ['eviction', 20],
    ['data-structures', 10],
    ['follow', 10],
  ])
  for (const { hints, lesson, checks } of exercises) {
    expect(hints.length).toBeGreaterThanOrEqual(3)
    expect(lesson).not.toBe('')
    expect(checks.every(({ points }) => Number.isInteger(points) && points > 0)).toBe(true)
  }
})

test.each(languageNames)(
  'the reference solutions in %s get all points, the starters none',
  async (language) => {
    for (const [kind, score] of [
      ['solution', 100],
      ['starter', 0],
    ] as const) {
      const lab = solvedLab(temporaryFolder(), language, kind)
      const grade = await gradeLab(openLab(lab), exercises, { seed: 'a' })
      const unexpected = grade.exercises
        .flatMap(({ checks }) => checks)
        .filter(({ passed }) => passed !== score > 0)
      expect(unexpected).toEqual([])
      expect(grade.score).toBe(score)
      rmSync(lab, { recursive: true })
    }
  },
)
