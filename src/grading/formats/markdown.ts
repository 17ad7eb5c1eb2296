import type { CheckResult, ExerciseResult, Grade } from '../grade.js'
import { clean, notBegun } from './texts.js'

/** For a person: the score, a table of exercises, and each check that failed with what to do. */
export function renderGradeMarkdown(grade: Grade): string {
  const { score, maxScore, exercises } = grade
  const rows = exercises.map(
    ({ slug, title, score, maxScore }) => `| \`${slug}\` | ${inline(title)} | ${score} | ${maxScore} |`,
  )
  const table = ['| exercise | title | points | of |', '| :-- | :-- | --: | --: |', ...rows].join('\n')
  return `${[`# ${score} of ${maxScore} points`, table, ...exercises.map(section)].join('\n\n')}\n`
}

function section(exercise: ExerciseResult): string {
  const { title, score, maxScore, begun, checks, file } = exercise
  const list = begun ? checks.map(item) : [inline(notBegun(exercise))]
  if (begun && score < maxScore) list.push('', `Open \`${file || 'cachelab.json'}\`.`)
  return `## ${inline(title)}: ${score} of ${maxScore}\n\n${list.join('\n')}`
}

function item({ title, passed, points, message, next, printed }: CheckResult): string {
  const head = `- ${passed ? '✅' : '❌'} ${inline(title)} (${passed ? points : 0} of ${points})`
  if (passed) return head
  const lines = [head]
  if (message) lines.push('', `  ${inline(message)}.`)
  if (next) lines.push('', `  ${inline(next)}`)
  if (printed.trim() !== '') lines.push('', '  It printed:', '', indent(fenced(clean(printed.trim()))))
  return lines.join('\n')
}

/** Text that stays text: Markdown's and HTML's signs are escaped. */
function inline(text: string): string {
  return clean(text)
    .replaceAll(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>#|~&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`))
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
