import { loadExercise } from './course.js'
import { gradeLab } from './grade.js'
import type { Lab } from './lab.js'
import { gradeLimits, type Limits } from './process.js'
import { digestsOf, type Progress } from './progress.js'
import type { ExerciseResult, Grade } from './results.js'

/** Shorter limits than for grading: a learner waits for the result. */
const limits: Limits = { ...gradeLimits, time: 4000 }

/** The seed of a learner's checks: the same cases each time, so that a failing one stays until it is solved. */
const VISIBLE_SEED = 'visible'

/** Checks one exercise for a learner, and remembers the result. Throws when it is aborted. */
export async function checkExercise(
  lab: Lab,
  slug: string,
  progress: Progress,
  signal?: AbortSignal,
): Promise<{ readonly grade: Grade; readonly result: ExerciseResult }> {
  const digests = digestsOf(lab, [slug])
  const exercise = await loadExercise(slug)
  const grade = await gradeLab(lab, [exercise], { seed: VISIBLE_SEED, limits, ...(signal ? { signal } : {}) })
  const [result] = grade.exercises
  progress.noteResults([result], digests)
  return { grade, result }
}
