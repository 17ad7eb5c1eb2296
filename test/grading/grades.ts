import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context } from '../../src/grading/formats/context.js'
import { type GradeFormat, gradeFormats } from '../../src/grading/formats/index.js'
import type { CheckResult, ExerciseResult, Grade } from '../../src/grading/results.js'
import { plainPaint } from '../../src/report/paint.js'

/** A check of four points that passed, or failed as checks do. */
export const check = (id: string, passed: boolean, more: Partial<CheckResult> = {}): CheckResult => ({
  ...{ id, title: `the check ${id}`, points: 4, passed },
  message: passed ? '' : 'capacity 2, requests A B A C: you evicted A',
  next: passed ? '' : 'A hit counts as use too.',
  printed: '',
  milliseconds: 1234.5,
  ...more,
})

/** An exercise with the points of its checks. */
export function exerciseOf(
  checks: readonly CheckResult[],
  more: Partial<ExerciseResult> = {},
): ExerciseResult {
  return {
    slug: 'eviction',
    title: 'LRU, LFU and Random',
    lesson: 'exercise 3',
    file: 'eviction.ts',
    begun: true,
    score: checks.reduce((sum, { passed, points }) => sum + (passed ? points : 0), 0),
    maxScore: checks.reduce((sum, { points }) => sum + points, 0),
    checks,
    ...more,
  }
}

export function gradeOf(...exercises: readonly ExerciseResult[]): Grade {
  const sum = (key: 'score' | 'maxScore') => exercises.reduce((total, one) => total + one[key], 0)
  return {
    ...{ score: sum('score'), maxScore: sum('maxScore') },
    ...{ seed: 'hidden-seed', isolation: 'bubblewrap', exercises },
  }
}

/** What a format makes of a grade, where nothing is in the environment. */
export async function render(
  format: GradeFormat,
  grade: Grade,
  context: Partial<Context> = {},
): Promise<string> {
  const surface = { width: 80, paint: plainPaint }
  return (await gradeFormats[format]())(grade, {
    folder: '/lab',
    environment: {},
    times: false,
    surface,
    ...context,
  })
}

/** A grade as a format shows it, with what it leaves beside its output; what is encoded is decoded. */
export async function shown(
  format: GradeFormat,
  grade: Grade,
  context: Partial<Context> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'reveal-'))
  const environment = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') }
  const text = await render(format, grade, {
    ...context,
    environment: { ...context.environment, ...environment, GITHUB_WORKSPACE: '/' },
  })
  if (format !== 'github') return text
  const [output, summary] = Object.values(environment).map((path) => readFileSync(path, 'utf8'))
  return text + Buffer.from(output.replace('result=', ''), 'base64').toString() + summary
}
