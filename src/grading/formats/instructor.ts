import { markdownCode } from '../../report/markdown-text.js'
import { withoutCommands } from '../../report/text.js'
import type { Grade } from '../results.js'
import { renderGradeMarkdown } from './markdown.js'

/** A grade in Markdown for the instructor: with the hidden seed. */
export function renderInstructorReport(grade: Grade): string {
  const seed = withoutCommands(markdownCode(grade.seed))
  return `${renderGradeMarkdown(grade)}\n---\n\nSeed: ${seed}.\n`
}
