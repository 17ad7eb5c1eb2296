import { renderCsv } from '../../report/csv.js'
import type { Finding, Report } from '../../report/index.js'
import { renderJson } from '../../report/json.js'
import { renderTerminal } from '../../report/terminal.js'
import type { ExerciseResult, Grade } from '../grade.js'
import type { Context } from './index.js'

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
        rows: exercises.flatMap(({ slug, checks }) =>
          checks.map(({ title, passed, points: worth }) => ({
            exercise: slug,
            check: title,
            result: passed ? 'passed' : 'failed',
            score: passed ? worth : 0,
            maxScore: worth,
          })),
        ),
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

/** Each check that failed: the case that shows it, then what to do. */
function failures({ slug, file, lesson, checks }: ExerciseResult): Finding[] {
  const failed = checks.filter(({ passed }) => !passed)
  return failed.flatMap(({ id, title, message, next, printed }) => [
    { id: `${slug}/${id}`, text: `${title}: ${message}.`, ok: false },
    ...(printed.trim() === ''
      ? []
      : [{ id: `${slug}/${id}/printed`, text: `It printed: ${printed.trim()}` }]),
    { id: `${slug}/${id}/next`, text: `${next} Open ${file || 'cachelab.json'} (lesson ${lesson}).` },
  ])
}

export function renderGradeTable(grade: Grade, { surface }: Context): string {
  return renderTerminal(gradeReport(grade), surface)
}

export function renderGradeJson(grade: Grade): string {
  return renderJson(gradeReport(grade))
}

export function renderGradeCsv(grade: Grade): string {
  return renderCsv(gradeReport(grade))
}
