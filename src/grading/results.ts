import type { Isolation } from './isolation/index.js'

/** The result of one check. */
export interface CheckResult {
  /** Names the check within its exercise. */
  readonly id: string
  /** What is checked. */
  readonly title: string
  /** What it is worth. */
  readonly points: number
  readonly passed: boolean
  /** What kept it from answering: time, memory, another limit, or an error of its own, thrown or fatal. */
  readonly ended?: 'time' | 'memory' | 'limit' | 'crash' | undefined
  /** The smallest case that fails; empty where it passed. */
  readonly message: string
  /** What to do next; empty where it passed. */
  readonly next: string
  /** A command line that does it; often there is none. */
  readonly command?: string
  /** What the solution printed meanwhile, its beginning. */
  readonly printed: string
  /** Time that the check took. */
  readonly milliseconds: number
}

export type Ended = NonNullable<CheckResult['ended']>

/** The result of one exercise. */
export interface ExerciseResult {
  readonly slug: string
  readonly title: string
  /** Its place in the lesson. */
  readonly lesson: string
  /** The file to open, relative to the lab. */
  readonly file: string
  /** Whether the file is another than the starter; where it isn't, nothing was run. */
  readonly begun: boolean
  /** Points of the checks that passed. */
  readonly score: number
  /** Points of all checks. */
  readonly maxScore: number
  readonly checks: readonly CheckResult[]
}

/** The result of grading a lab, as plain data. */
export interface Grade {
  /** Points of all exercises together. */
  readonly score: number
  /** The most points there are. */
  readonly maxScore: number
  /** What decided the hidden cases: the same seed gives the same. Empty where a secret one is not known. */
  readonly seed: string
  /** What the solutions were shut in by. */
  readonly isolation: Isolation
  readonly exercises: readonly ExerciseResult[]
}
