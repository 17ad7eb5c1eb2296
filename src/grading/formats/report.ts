import { type Findings, reportOf } from '../../report/build.js'
import { renderCsv } from '../../report/csv.js'
import { countOf } from '../../report/format.js'
import type { Report } from '../../report/index.js'
import { renderJson } from '../../report/json.js'
import { renderTerminal } from '../../report/terminal.js'
import type { ExerciseResult, Grade } from '../results.js'
import type { Context } from './context.js'
import { fileToOpen, notBegun, shareWords, wordsOf } from './texts.js'

/** A grade as a report: a row for each check, and what to do about those that failed. */
export function gradeReport({ score, maxScore, exercises }: Grade): Report {
  const several = exercises.length > 1
  return reportOf('grade', {
    title: several ? `${exercises.length} exercises` : exercises[0].title,
    tables: {
      checks: {
        title: 'Checks',
        columns: {
          exercise: several && 'exercise',
          check: 'check',
          result: 'result',
          score: 'points',
          maxScore: 'of',
        },
        rows: wordsOf(exercises).map(({ exercise, check, said }) => ({
          exercise: exercise.slug,
          check: check.title,
          result: said.status,
          score: said.score,
          maxScore: check.points,
        })),
      },
      exercises: several && {
        title: 'Exercises',
        columns: {
          exercise: 'exercise',
          score: 'points',
          maxScore: 'of',
          share: ['share', 'ratio', 'bar'],
        },
        rows: exercises.map(({ slug, score, maxScore }) => ({
          exercise: slug,
          score,
          maxScore,
          share: score / maxScore,
        })),
      },
    },
    findings: {
      ...Object.assign({}, ...exercises.map(failures)),
      score: {
        text: `${score} of ${countOf(maxScore, 'point')}.`,
        measured: score,
        expected: maxScore,
        ok: score === maxScore,
      },
      share: several && {
        text: `Share: ${shareWords(score, maxScore)} of all points.`,
        measured: score / maxScore,
      },
    },
  })
}

/**
 * Each check that failed: the case that shows it, what the solution printed, and the next step; then the file to open.
 * Texts are raw: renderers escape them.
 */
function failures(exercise: ExerciseResult): Findings {
  const { slug, begun, lesson, checks } = exercise
  if (!begun) return { [`${slug}/begun`]: { text: notBegun(exercise), ok: false } }
  const failed = checks.filter(({ passed }) => !passed)
  if (failed.length === 0) return {}
  // An error while loading the file is the message of every check: it is shown once.
  const isOne = failed.length > 1 && failed.every(({ message }) => message === failed[0].message)
  const told = isOne ? [{ ...failed[0], title: `all ${failed.length} checks that failed` }] : failed
  const findings = told.map(({ id, title, message, next, command, printed }) => ({
    [`${slug}/${id}`]: message !== '' && { text: `${title}: ${message}.`, ok: false },
    ...printedFindings(`${slug}/${id}/printed`, printed),
    [`${slug}/${id}/next`]: command ? { text: next, command } : next,
  }))
  return Object.assign({}, ...findings, {
    [`${slug}/open`]: `Open ${fileToOpen(exercise)} (lesson ${lesson}).`,
  })
}

/** How many lines of a solution's output are shown: the last ones, nearest to the mistake. */
const MAX_PRINTED = 10

/** What a solution printed, a finding for each line, so that no line can pass for one of the report's. */
function printedFindings(id: string, printed: string): Findings {
  const lines = printed.trim().split(/\r?\n/)
  if (lines[0] === '') return {}
  const more = lines.length > MAX_PRINTED ? ` (the last ${MAX_PRINTED} of ${lines.length} lines)` : ''
  const shown = lines.slice(-MAX_PRINTED).map((line, i) => [`${id}/${i + 1}`, `│ ${line}`])
  return { [id]: `It printed${more}:`, ...Object.fromEntries(shown) }
}

/** The report of a grade that counts, which names the isolation the solutions ran in. */
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
