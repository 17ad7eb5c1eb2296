import type { CheckResult, Grade } from './grade.js'

/** How much a grade tells of checks that failed, from nothing but the points to what to do next. */
export const reveals = ['none', 'cases', 'hints'] as const
export type Reveal = (typeof reveals)[number]

/**
 * A grade with no more than may be known: `cases` leaves out what to do next; `none` also the cases that fail, and all
 * that a solution printed, which can be the cases that it was asked.
 */
export function revealed(grade: Grade, how: Reveal): Grade {
  const hidden: Partial<CheckResult> = {
    hints: {},
    cases: { next: '' },
    none: { next: '', message: '', printed: '' },
  }[how]
  const exercises = grade.exercises.map((exercise) => ({
    ...exercise,
    checks: exercise.checks.map((check) => ({ ...check, ...hidden })),
  }))
  return { ...grade, exercises }
}
