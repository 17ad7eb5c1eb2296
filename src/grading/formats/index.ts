import type { Surface } from '../../report/paint.js'
import type { Grade } from '../grade.js'
import { renderGradeMarkdown } from './markdown.js'

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

/** Every format by name, loaded when it is asked for; the first is the default. */
export const gradeFormats = {
  table: async (): Promise<GradeRenderer> => (await import('./report.js')).renderGradeTable,
  json: async (): Promise<GradeRenderer> => (await import('./report.js')).renderGradeJson,
  csv: async (): Promise<GradeRenderer> => (await import('./report.js')).renderGradeCsv,
  junit: async (): Promise<GradeRenderer> => (await import('./junit.js')).renderJunit,
  tap: async (): Promise<GradeRenderer> => (await import('./tap.js')).renderTap,
  github: async (): Promise<GradeRenderer> => (await import('./github.js')).renderGithub,
  classroom50: async (): Promise<GradeRenderer> => (await import('./classroom50.js')).renderClassroom50,
  gradescope: async (): Promise<GradeRenderer> => (await import('./gradescope.js')).renderGradescope,
  markdown: async (): Promise<GradeRenderer> => renderGradeMarkdown,
}

export type GradeFormat = keyof typeof gradeFormats
export const gradeFormatNames = Object.keys(gradeFormats) as GradeFormat[]
