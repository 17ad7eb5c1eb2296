import type { Exercise } from '../../grading/course.js'
import type { Isolation } from '../../grading/isolation/index.js'
import type { Reveal } from '../../grading/reveal.js'
import type { Minimum } from '../options/min-score.js'

/** What grading takes, of one lab or of a class. */
export interface GradingOptions {
  /** Those of each lab where none are named. */
  readonly named: readonly Exercise[] | undefined
  readonly seed: string | undefined
  readonly isolation: Isolation
  readonly minScore?: Minimum
  readonly report?: string
  readonly reveal?: Reveal
}
