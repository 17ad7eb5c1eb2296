import { type Columns, reportOf } from '../../report/build.js'
import { countOf } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { checkStates, stateOf } from '../formats/texts.js'
import type { Isolation } from '../isolation/index.js'
import type { CheckResult, ExerciseResult } from '../results.js'
import type { Likeness } from '../similarity/compare.js'
import { likenessParts } from '../similarity/report.js'
import { adjustmentWords } from './adjustments.js'
import { classParts } from './class-parts.js'
import type { Entry } from './entry.js'
import { hoursLate } from './lateness.js'
import { timeText } from './time.js'

/** All submissions of a folder, graded. */
export interface Gradebook {
  readonly batch: string
  readonly isolation: Isolation
  readonly entries: readonly Entry[]
  readonly hasRoster: boolean
  readonly deadline?: Date | undefined
  /** Solutions that are alike, where that was asked for. */
  readonly likeness?: Likeness
}

const keyOf = ({ slug }: ExerciseResult, { id }: CheckResult) => `${slug}/${id}`

/** A row for each student, with a column for each exercise and each check. */
export function gradebookReport(book: Gradebook): Report {
  const { batch, isolation, entries, hasRoster, deadline } = book
  const { tables, ...figures } = classParts(entries)
  const results = resultColumns(entries)
  const none = Object.fromEntries(Object.keys(results).map((key) => [key, null]))
  const alike = book.likeness && likenessParts(book.likeness)
  const areAdjusted = entries.some(({ adjustments }) => adjustments.length > 0)
  return reportOf('grade --batch', {
    title: `Submissions in ${batch}`,
    parameters: { isolation, ...(deadline && { deadline: timeText(deadline) }) },
    tables: {
      submissions: {
        title: 'Submissions',
        columns: {
          submission: 'submission',
          name: hasRoster && 'name',
          score: 'points',
          maxScore: 'of',
          share: ['share', 'ratio'],
          failed: 'failed checks',
          submitted: deadline && 'handed in',
          source: deadline && 'by the time of',
          hoursLate: deadline && 'hours late',
          lostLate: deadline && 'points lost by that',
          adjustments: areAdjusted && 'adjusted by hand',
          problem: 'why not graded',
          ...results,
        },
        // What a lab doesn't have, and what wasn't graded, is empty.
        rows: entries.map((entry) => ({ ...none, ...rowOf(entry) })),
      },
      ...tables,
      ...alike?.tables,
    },
    ...figures,
    findings: { mean: meanWords(entries), checks: stateWords(entries), ...alike?.findings },
  })
}

function rowOf({ student, grade, points, maxScore, late, adjustments, problem, exercises }: Entry) {
  const checks = grade?.exercises.flatMap((exercise) => exercise.checks.map((check) => ({ exercise, check })))
  return {
    submission: student.folder,
    name: student.name,
    score: points,
    maxScore,
    share: points !== null && maxScore ? points / maxScore : null,
    failed: checks ? checks.filter(({ check }) => !check.passed).length : null,
    submitted: late ? timeText(late.submitted.at) : null,
    source: late?.submitted.source ?? null,
    hoursLate: late ? hoursLate(late) : null,
    lostLate: late?.points ?? null,
    adjustments: adjustments.map(adjustmentWords).join('; ') || null,
    problem,
    ...Object.fromEntries(exercises),
    ...Object.fromEntries(
      checks?.map(({ exercise, check }) => [keyOf(exercise, check), stateOf(check, exercise)]) ?? [],
    ),
  }
}

/** Columns of all exercises, then of all checks, in the order of the course as far as a grade has them. */
function resultColumns(entries: readonly Entry[]): Columns {
  const graded = entries.flatMap(({ grade }) => grade?.exercises ?? [])
  const most = graded.map((exercise) => [exercise.slug, `${exercise.slug}, of ${exercise.maxScore}`] as const)
  const checks = graded.flatMap((exercise) =>
    exercise.checks.map((check) => [
      keyOf(exercise, check),
      `${exercise.slug}: ${check.title}, ${check.points}`,
    ]),
  )
  // What was given by hand alone has no maximum.
  const given = entries.flatMap(({ exercises }) => [...exercises.keys()].map((slug) => [slug, slug] as const))
  const labels: Record<string, string> = Object.fromEntries([...given, ...most, ...checks])
  return Object.fromEntries(Object.entries(labels).map(([key, label]) => [key, [label, 'detail'] as const]))
}

function meanWords(entries: readonly Entry[]): string {
  const counted = entries.filter(({ points }) => points !== null)
  const mean = counted.reduce((sum, { points }) => sum + points!, 0) / counted.length
  const graded = entries.filter(({ grade }) => grade !== null).length
  const average = counted.length > 0 ? `, with ${mean.toFixed(1)} points on average` : ''
  return `${graded} of ${entries.length} graded${average}.`
}

/** How many checks came to what. */
function stateWords(entries: readonly Entry[]): string {
  const states = entries.flatMap(({ grade }) =>
    (grade?.exercises ?? []).flatMap((exercise) => exercise.checks.map((check) => stateOf(check, exercise))),
  )
  const counts = checkStates.map((state) => [state, states.filter((one) => one === state).length] as const)
  const words = counts.filter(([, count]) => count > 0).map(([state, count]) => `${count} ${state}`)
  return words.length > 0 ? `${countOf(states.length, 'check')}: ${words.join(', ')}.` : ''
}
