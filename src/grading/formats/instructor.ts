import type { Grade } from '../grade.js'
import { renderGradeMarkdown } from './markdown.js'

/** A grade in Markdown for the instructor: with the hidden seed. */
export function renderInstructorReport(grade: Grade): string {
  return `${renderGradeMarkdown(grade)}\n---\n\nSeed: \`${grade.seed}\`.\n`
}
