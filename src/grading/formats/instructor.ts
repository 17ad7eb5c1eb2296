import { markdownCode } from '../../report/markdown-text.js'
import { withoutCommands } from '../../report/text.js'
import type { Grade } from '../grade.js'
import { renderGradeMarkdown } from './markdown.js'

/** A grade in Markdown for the instructor: with the hidden seed, and with what kept the solutions in. */
export function renderInstructorReport(grade: Grade): string {
  const enclosure =
    grade.isolation === 'namespaces'
      ? 'Solutions ran in namespaces of their own: without network, without a view of other processes, and with nothing to write but a temporary folder.'
      : 'Solutions ran as plain processes with limits: this system has no namespaces for them. Untrusted code needs a container here.'
  const seed = withoutCommands(markdownCode(grade.seed))
  return `${renderGradeMarkdown(grade)}\n---\n\nSeed: ${seed}. ${enclosure}\n`
}
