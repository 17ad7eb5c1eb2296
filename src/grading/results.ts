import type { Isolation } from './isolation/index.js'

/** The result of one check. */
export interface CheckResult {
  readonly id: string
  readonly title: string
  readonly points: number
  readonly passed: boolean
  /** The smallest case that fails, and what to do next; empty where it passed. */
  readonly message: string
  readonly next: string
  /** What the solution printed meanwhile, its beginning. */
  readonly printed: string
  readonly milliseconds: number
}

export interface ExerciseResult {
  readonly slug: string
  readonly title: string
  readonly lesson: string
  /** The file to open, relative to the lab. */
  readonly file: string
  /** Whether the file is another than the starter; where it isn't, nothing was run. */
  readonly begun: boolean
  readonly score: number
  readonly maxScore: number
  readonly checks: readonly CheckResult[]
}

/** The result of grading a lab, as plain data. */
export interface Grade {
  readonly score: number
  readonly maxScore: number
  readonly seed: string
  readonly isolation: Isolation
  readonly exercises: readonly ExerciseResult[]
}
