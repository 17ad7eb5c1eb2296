/** Grading of labs. */
import { loadExercises, slugsOf } from '../grading/course.js'
import { gradeLab } from '../grading/grade.js'
import { openLab } from '../grading/lab.js'
import type { Grade } from '../grading/results.js'
import { submissionSeed } from '../grading/submission.js'

export type { CheckResult, ExerciseResult, Grade } from '../grading/results.js'

export interface GradingOptions {
  /** Slugs of exercises; by default those of the lab. */
  readonly exercises?: readonly string[]
  /** Decides the hidden cases; by default a hash of the files. */
  readonly seed?: string
}

/** Grades a lab, as `cachelab grade` does: its files run in the best isolation that the machine offers. */
export async function grade(folder: string, options: GradingOptions = {}): Promise<Grade> {
  const lab = openLab(folder)
  const exercises = await loadExercises(options.exercises ?? slugsOf(lab))
  return gradeLab(lab, exercises, { seed: options.seed ?? submissionSeed(lab) })
}
