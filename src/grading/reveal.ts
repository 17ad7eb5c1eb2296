import type { CheckResult, Grade } from './results.js'

export const reveals = ['none', 'cases', 'hints'] as const
/** How much a grade says about checks that failed, from points only to the next step. */
export type Reveal = (typeof reveals)[number]

/**
 * A grade with no more than may be known: `cases` leaves out the next step; `none` also leaves out the failing case, and
 * output and what ended the program, which a solution could make tell cases.
 */
export function revealed(grade: Grade, how: Reveal): Grade {
  const hidden: Partial<CheckResult> = {
    hints: {},
    cases: { next: '', command: '' },
    none: { next: '', command: '', message: '', printed: '', ended: undefined },
  }[how]
  const exercises = grade.exercises.map((exercise) => ({
    ...exercise,
    checks: exercise.checks.map((check) => ({ ...check, ...hidden })),
  }))
  return { ...grade, exercises }
}
