import type { CheckResult, Grade } from './results.js'

export const reveals = ['none', 'cases', 'hints'] as const
/** How much a grade says about checks that failed, from points only to the next step. */
export type Reveal = (typeof reveals)[number]

const hidden: Readonly<Record<Reveal, Partial<CheckResult>>> = {
  hints: {},
  cases: { next: '', command: '' },
  none: { next: '', command: '', message: '', printed: '' },
}

/**
 * A grade with no more than its learner may know: `cases` leaves out the next step; `none` also leaves out the failing
 * case, and output and what ended the program, which a solution could make tell cases.
 */
export function revealed(grade: Grade, how: Reveal): Grade {
  return without(grade, { ...hidden[how], ...(how === 'none' && { ended: undefined }) })
}

/** The same for the lists of a class, which tell apart what ended programs. */
export const revealedTexts = (grade: Grade, how: Reveal): Grade => without(grade, hidden[how])

function without(grade: Grade, hidden: Partial<CheckResult>): Grade {
  const exercises = grade.exercises.map((exercise) => ({
    ...exercise,
    checks: exercise.checks.map((check) => ({ ...check, ...hidden })),
  }))
  return { ...grade, exercises }
}
