import { markdownBlock, markdownCode, markdownRow, markdownText } from '../../report/markdown-text.js'
import { withoutCommands } from '../../report/text.js'
import type { CheckResult, ExerciseResult, Grade } from '../results.js'
import { fileToOpen, isolationWords, notBegun, pointsWords, shareWords, words } from './texts.js'

/** For a person: the score, a table of exercises, and each check that failed with what to do. */
export function renderGradeMarkdown(grade: Grade): string {
  return gradePage(grade, pointsWords(grade))
}

/** The same under another heading, with more paragraphs below it; both are Markdown. */
export function gradePage(grade: Grade, heading: string, more: readonly string[] = []): string {
  const { exercises } = grade
  const rows = exercises.map(({ slug, title, score, maxScore }) =>
    markdownRow([
      markdownCode(slug),
      markdownText(title),
      String(score),
      String(maxScore),
      shareWords(score, maxScore),
    ]),
  )
  const table = [
    '| exercise | title | points | of | share |',
    '| :-- | :-- | --: | --: | --: |',
    ...rows,
  ].join('\n')
  const words = isolationWords(grade)
  const sentence = `${words[0].toUpperCase()}${words.slice(1)}.`
  return withoutCommands(
    `${[`# ${heading}`, ...more, table, ...exercises.map(section), sentence].join('\n\n')}\n`,
  )
}

function section(exercise: ExerciseResult): string {
  const { title, score, maxScore, begun, checks } = exercise
  const list = begun ? checks.map((check) => item(check, exercise)) : [markdownText(notBegun(exercise))]
  if (begun && score < maxScore) list.push('', `Open ${markdownCode(fileToOpen(exercise))}.`)
  return `## ${markdownText(title)}: ${score} of ${maxScore}\n\n${list.join('\n')}`
}

function item(check: CheckResult, exercise: ExerciseResult): string {
  const { title, score, message, next, printed } = words(check, exercise)
  const head = `- ${check.passed ? '✅' : '❌'} ${markdownText(title)} (${score} of ${check.points})`
  if (check.passed) return head
  const lines = [head]
  if (message) lines.push('', `  ${markdownText(message)}.`)
  if (next) lines.push('', `  ${markdownText(next)}`)
  if (printed !== '') lines.push('', '  It printed:', '', indent(markdownBlock(printed)))
  return lines.join('\n')
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
