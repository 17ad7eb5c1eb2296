import type { GradeRenderer } from './context.js'
import { renderGradeMarkdown } from './markdown.js'
import { renderGradeCsv, renderGradeJson, renderGradeTable } from './report.js'

/** Every format by name, loaded when it is asked for; the first is the default. */
export const gradeFormats = {
  table: async (): Promise<GradeRenderer> => renderGradeTable,
  json: async (): Promise<GradeRenderer> => renderGradeJson,
  csv: async (): Promise<GradeRenderer> => renderGradeCsv,
  junit: async (): Promise<GradeRenderer> => (await import('./junit.js')).renderJunit,
  tap: async (): Promise<GradeRenderer> => (await import('./tap.js')).renderTap,
  github: async (): Promise<GradeRenderer> => (await import('./github.js')).renderGithub,
  classroom50: async (): Promise<GradeRenderer> => (await import('./classroom50.js')).renderClassroom50,
  gradescope: async (): Promise<GradeRenderer> => (await import('./gradescope.js')).renderGradescope,
  markdown: async (): Promise<GradeRenderer> => renderGradeMarkdown,
}

/** A format that a grade can be rendered in. */
export type GradeFormat = keyof typeof gradeFormats
/**
 * The formats of grades; the first is what a terminal shows.
 *
 * @example
 * import { type GradeFormat, gradeFormatNames } from 'cachelab/grading'
 * const forServers: GradeFormat[] = gradeFormatNames.filter((name) => name !== 'table')
 * forServers // [ 'json', 'csv', 'junit', 'tap', 'github', 'classroom50', 'gradescope', 'markdown' ]
 */
export const gradeFormatNames = Object.keys(gradeFormats) as GradeFormat[]
