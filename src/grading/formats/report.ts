import { renderCsv } from '../../report/csv.js'
import type { Finding, Report } from '../../report/index.js'
import { renderJson } from '../../report/json.js'
import { renderTerminal } from '../../report/terminal.js'
import type { ExerciseResult, Grade } from '../grade.js'
import type { Context } from './context.js'
import { fileToOpen, notBegun, wordsOf } from './texts.js'

/** A grade as a report: a row for each check, and what to do about those that failed. */
export function gradeReport({ score, maxScore, exercises }: Grade): Report {
  const several = exercises.length > 1
  return {
    schema: 'cachelab/report@1',
    command: 'grade',
    title: several ? `${exercises.length} exercises` : exercises[0].title,
    parameters: {},
    tables: [
      {
        name: 'checks',
        title: 'Checks',
        columns: [
          ...(several ? [{ key: 'exercise', label: 'exercise' }] : []),
          { key: 'check', label: 'check' },
          { key: 'result', label: 'result' },
          { key: 'score', label: 'points' },
          { key: 'maxScore', label: 'of' },
        ],
        rows: wordsOf(exercises).map(({ exercise, check, said }) => ({
          exercise: exercise.slug,
          check: check.title,
          result: said.status,
          score: said.score,
          maxScore: check.points,
        })),
      },
    ],
    findings: [
      ...exercises.flatMap((exercise) => failures(exercise)),
      {
        id: 'score',
        text: `${score} of ${maxScore} points.`,
        measured: score,
        expected: maxScore,
        ok: score === maxScore,
      },
    ],
  }
}

/**
 * Each check that failed: the case that shows it, then what to do; and where that is done. As it is: renderers know how
 * to show it.
 */
function failures(exercise: ExerciseResult): Finding[] {
  const { slug, begun, lesson, checks } = exercise
  if (!begun) return [{ id: `${slug}/begun`, text: notBegun(exercise), ok: false }]
  const failed = checks.filter(({ passed }) => !passed)
  if (failed.length === 0) return []
  // What keeps a file from being loaded is the same in all checks: once is enough.
  const isOne = failed.length > 1 && failed.every(({ message }) => message === failed[0].message)
  const told = isOne ? [{ ...failed[0], title: `all ${failed.length} checks that failed` }] : failed
  const findings = told.flatMap(({ id, title, message, next, printed }) => [
    ...(message === '' ? [] : [{ id: `${slug}/${id}`, text: `${title}: ${message}.`, ok: false }]),
    ...printedFindings(`${slug}/${id}/printed`, printed),
    ...(next === '' ? [] : [{ id: `${slug}/${id}/next`, text: next }]),
  ])
  return [...findings, { id: `${slug}/open`, text: `Open ${fileToOpen(exercise)} (lesson ${lesson}).` }]
}

/** How many lines of what a solution printed are shown: the last, which are nearest to the mistake. */
const MAX_PRINTED = 10

/** What a solution printed, line by line, so that no line of it can pass for one of the report's. */
function printedFindings(id: string, printed: string): Finding[] {
  const lines = printed.trim().split(/\r?\n/)
  if (lines[0] === '') return []
  const left = lines.length - MAX_PRINTED
  const more = left > 0 ? ` (the last ${MAX_PRINTED} of ${lines.length} lines)` : ''
  const shown = lines.slice(-MAX_PRINTED).map((line, i) => ({ id: `${id}/${i + 1}`, text: `│ ${line}` }))
  return [{ id, text: `It printed${more}:` }, ...shown]
}

/** The report of a grade that counts, which says what the solutions were kept in by. */
function countingReport(grade: Grade): Report {
  return { ...gradeReport(grade), parameters: { isolation: grade.isolation } }
}

export function renderGradeTable(grade: Grade, { surface }: Context): string {
  return renderTerminal(countingReport(grade), surface)
}

export function renderGradeJson(grade: Grade): string {
  return renderJson(countingReport(grade))
}

export function renderGradeCsv(grade: Grade): string {
  const report = gradeReport(grade)
  const [table] = report.tables
  const columns = [...table.columns, { key: 'isolation', label: 'isolation' }]
  const rows = table.rows.map((row) => ({ ...row, isolation: grade.isolation }))
  return renderCsv({ ...report, tables: [{ ...table, columns, rows }] })
}
