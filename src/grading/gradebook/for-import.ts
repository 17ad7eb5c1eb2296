import { csvText } from '../../report/csv.js'
import { countOf } from '../../report/format.js'
import { adjustmentWords } from './adjustments.js'
import type { Entry } from './entry.js'
import type { Gradebook } from './gradebook.js'
import { hoursLate } from './lateness.js'
import { timeText } from './time.js'

/** What the column of the points is called elsewhere. */
const ASSIGNMENT = 'cachelab'

/**
 * The columns in which Gradescope exports the grades of an assignment, and which what reads its exports expects. It has
 * no import of points: https://help.gradescope.com, "Reviewing grades", Download Grades.
 */
export function renderGradescope({ entries }: Gradebook): string {
  const header = [
    'Name',
    'SID',
    'Email',
    'Total Score',
    'Max Points',
    'Status',
    'Submission Time',
    'Lateness (H:M:S)',
  ]
  return csvText([
    header,
    ...entries.map(({ student, points, maxScore, grade, late }) => [
      student.name,
      student.id || null,
      student.email || null,
      points,
      maxScore,
      grade ? 'Graded' : 'Missing',
      late ? timeText(late.submitted.at) : null,
      late ? clock(late.lateMs) : null,
    ]),
  ])
}

function clock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
}

/**
 * What Canvas's Gradebook imports: these five columns first, in this order, then assignments; the second row has the
 * points possible. Canvas Instructor Guide, "How do I import grades in the Gradebook?":
 * https://community.canvaslms.com/t5/Instructor-Guide/tkb-p/Instructor
 */
export function renderCanvas({ entries }: Gradebook): string {
  const most = Math.max(0, ...entries.map(({ maxScore }) => maxScore ?? 0))
  return csvText([
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', ASSIGNMENT],
    ['    Points Possible', null, null, null, null, most],
    ...entries.map(({ student, points }) => [
      student.name,
      ...[student.id, student.sisId, student.login, student.section].map((text) => text || null),
      points,
    ]),
  ])
}

/**
 * What Moodle's import of grades takes, which asks for the meaning of each column: identity, points, feedback.
 * https://docs.moodle.org/en/Grade_import
 */
export function renderMoodle({ entries }: Gradebook): string {
  return csvText([
    ['ID number', 'Email address', 'Username', 'Full name', ASSIGNMENT, `${ASSIGNMENT} (feedback)`],
    ...entries.map((entry) => [
      ...[entry.student.id, entry.student.email, entry.student.login].map((text) => text || null),
      entry.student.name,
      entry.points,
      feedback(entry),
    ]),
  ])
}

function feedback({ late, adjustments, problem }: Entry): string {
  const hours =
    late && late.lateMs > 0
      ? [`${countOf(hoursLate(late), 'hour')} late: −${countOf(late.points, 'point')}`]
      : []
  return [...(problem ? [problem] : []), ...hours, ...adjustments.map(adjustmentWords)].join('; ')
}
