import { markdownBlock, markdownCode, markdownRow, markdownText } from '../../report/markdown-text.js'
import { withoutCommands } from '../../report/text.js'
import type { CheckResult, ExerciseResult, Grade } from '../grade.js'
import { fileToOpen, words } from './texts.js'

/** For a person: the score, a table of exercises, and each check that failed with what to do. */
export function renderGradeMarkdown(grade: Grade): string {
  const { score, maxScore, exercises } = grade
  const rows = exercises.map(({ slug, title, score, maxScore }) =>
    markdownRow([markdownCode(slug), markdownText(title), String(score), String(maxScore)]),
  )
  const table = ['| exercise | title | points | of |', '| :-- | :-- | --: | --: |', ...rows].join('\n')
  return withoutCommands(
    `${[`# ${score} of ${maxScore} points`, table, ...exercises.map(section)].join('\n\n')}\n`,
  )
}

function section(exercise: ExerciseResult): string {
  const { title, score, maxScore, checks } = exercise
  const list = checks.map((check) => item(check, exercise))
  return `## ${markdownText(title)}: ${score} of ${maxScore}\n\n${list.join('\n')}`
}

function item(check: CheckResult, exercise: ExerciseResult): string {
  const { title, score, message, next, printed } = words(check, exercise)
  const head = `- ${check.passed ? '✅' : '❌'} ${markdownText(title)} (${score} of ${check.points})`
  if (check.passed) return head
  const lines = [head, '', `  ${markdownText(message)}.`]
  if (next) lines.push('', `  ${markdownText(next)} Open ${markdownCode(fileToOpen(exercise))}.`)
  if (printed !== '') lines.push('', '  It printed:', '', indent(markdownBlock(printed)))
  return lines.join('\n')
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
