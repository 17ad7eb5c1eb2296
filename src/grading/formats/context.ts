import type { Surface } from '../../report/paint.js'
import type { Grade } from '../results.js'

/** What formats need beside the grade. */
export interface Context {
  /** The lab's folder. */
  readonly folder: string
  readonly environment: NodeJS.ProcessEnv
  /** Whether wall-clock times are written. */
  readonly times: boolean
  readonly surface: Surface
}

/** Turns a grade into text; may leave more beside it where the format's contract wants that. */
export type GradeRenderer = (grade: Grade, context: Context) => string
