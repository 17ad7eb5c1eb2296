import type { Grade } from '../results.js'
import type { Adjustment } from './adjustments.js'
import type { Deadline, Late, Submitted } from './lateness.js'
import { lateness } from './lateness.js'
import type { Student } from './roster.js'

/** What grading a submission came to. */
export interface Graded {
  readonly student: Student
  readonly grade: Grade | null
  /** Why it couldn't be graded, or null. */
  readonly problem: string | null
  /** When it was handed in, where that counts and can be told. */
  readonly submitted?: Submitted | undefined
}

/** A student's line of the gradebook. */
export interface Entry extends Graded {
  /** Points after all that changes them; null where nothing was graded, nor given by hand. */
  readonly points: number | null
  readonly maxScore: number | null
  /** Points of each exercise, by slug, as they count. */
  readonly exercises: ReadonlyMap<string, number>
  /** Undefined without a deadline. */
  readonly late?: Late | undefined
  readonly adjustments: readonly Adjustment[]
}

/**
 * Points as they count: those of the checks; what is adjusted in an exercise; less what being late costs, to 0 at least;
 * then what is adjusted in the whole.
 */
export function entryOf(graded: Graded, all: readonly Adjustment[], deadline?: Deadline): Entry {
  const { student, grade, submitted } = graded
  const adjustments = all.filter(({ folder }) => folder === student.folder)
  const exercises = new Map(grade?.exercises.map(({ slug, score }) => [slug, score]))
  for (const one of adjustments)
    if (one.exercise) exercises.set(one.exercise, adjusted(exercises.get(one.exercise) ?? 0, one))
  const late = deadline && submitted ? lateness(submitted, deadline, grade?.maxScore ?? 0) : undefined
  const sum = [...exercises.values()].reduce((total, points) => total + points, 0)
  const points = adjustments
    .filter(({ exercise }) => exercise === '')
    .reduce(adjusted, Math.max(0, sum - (late?.points ?? 0)))
  return {
    ...graded,
    points: grade || adjustments.length > 0 ? Math.round(100 * points) / 100 : null,
    maxScore: grade?.maxScore ?? null,
    exercises,
    late,
    adjustments,
  }
}

function adjusted(before: number, { points, isAdded }: Adjustment): number {
  return Math.max(0, isAdded ? before + points : points)
}
