import { countOf } from '../../report/format.js'
import { markdownCode, markdownText } from '../../report/markdown-text.js'
import { withoutCommands } from '../../report/text.js'
import { gradePage } from '../formats/markdown.js'
import { fileToOpen, pointsWords } from '../formats/texts.js'
import { type Reveal, revealed } from '../reveal.js'
import { adjustmentWords } from './adjustments.js'
import type { Entry } from './entry.js'
import { hoursLate } from './lateness.js'
import { timeText } from './time.js'

/** A submission's report in Markdown: for the student as much as is to be revealed; else for the instructor, with the seed. */
export function studentReport(entry: Entry, reveal?: Reveal): string {
  const { student, grade, problem, points, maxScore } = entry
  const name = markdownText(student.name)
  const changes = changesOf(entry).map((text) => `- ${markdownText(text)}`)
  const list = changes.length > 0 ? [changes.join('\n')] : []
  if (!grade || points === null || maxScore === null)
    return withoutCommands(
      `${[`# ${name}: not graded`, markdownText(problem ?? ''), ...list].join('\n\n')}\n`,
    )
  const next = grade.exercises.find(({ score, maxScore }) => score < maxScore)
  const step = next && `Next: ${markdownCode(next.slug)}, in ${markdownCode(fileToOpen(next))}.`
  const shown = revealed(grade, reveal ?? 'hints')
  const page = gradePage(shown, `${name}: ${pointsWords({ score: points, maxScore })}`, [
    ...list,
    ...(step ? [step] : []),
  ])
  return reveal || grade.seed === ''
    ? page
    : `${page}\n---\n\nSeed: ${withoutCommands(markdownCode(grade.seed))}.\n`
}

/** What made the points others than those of the checks, and when the submission was handed in. */
function changesOf({ grade, points, late, adjustments }: Entry): string[] {
  const changes = adjustments.map((one) => `By hand: ${adjustmentWords(one)}.`)
  if (late) {
    const { submitted, points: lost } = late
    const lateWords =
      late.lateMs > 0
        ? `${countOf(hoursLate(late), 'hour')} late, which costs ${countOf(lost, 'point')}`
        : 'in time'
    changes.unshift(
      `Handed in at ${timeText(submitted.at)} by the time of the ${submitted.source}: ${lateWords}.`,
    )
  }
  if (grade && points !== grade.score) changes.unshift(`The checks gave ${countOf(grade.score, 'point')}.`)
  return changes
}
