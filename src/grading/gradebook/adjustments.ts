import { InputError } from '../../input-error.js'
import { countOf } from '../../report/format.js'
import { readCsv } from './csv-rows.js'
import type { Student } from './roster.js'

/** Points that the instructor changes by hand. */
export interface Adjustment {
  /** The student's folder. */
  readonly folder: string
  /** Empty where all points are meant. */
  readonly exercise: string
  /** The points that count, or how many are added. */
  readonly points: number
  readonly isAdded: boolean
  readonly reason: string
}

const COLUMNS = ['student', 'exercise', 'points', 'reason']

/**
 * Adjustments of a CSV file with the columns student (folder, id or name), exercise (or nothing), points (`7`, `+2`,
 * `-1.5`) and reason. Throws InputError, naming the line, at what can't be used.
 */
export function readAdjustments(
  path: string,
  students: readonly Student[],
  exercises: readonly string[],
): Adjustment[] {
  const rows = readCsv(path, '--adjust', (columns) =>
    COLUMNS.every((name) => columns.includes(name)) ? null : `the header must name ${COLUMNS.join(', ')}`,
  )
  return rows.map(({ place, cells }) => {
    const [student, exercise, written, reason] = COLUMNS.map((name) => cells.get(name)!)
    const refuse = (what: string, got: string) =>
      new InputError(`${place}: ${what}, got ${JSON.stringify(got)}`)
    const folders = matching(student, students)
    if (folders.length !== 1)
      throw refuse(
        `the student must be one of the submissions${folders.length > 1 ? ', and only one' : ''}`,
        student,
      )
    if (exercise && !exercises.includes(exercise))
      throw refuse(`the exercise must be one of ${exercises.join(', ')}, or empty`, exercise)
    const [, sign, digits] = /^([+\-−]?)(\d{1,6}(?:\.\d{1,2})?)$/.exec(written) ?? []
    if (digits === undefined) throw refuse('the points must be such as 7, +2 or -1.5', written)
    if (reason === '') throw refuse('the reason must be a text', reason)
    const points = Number(digits) * (sign === '-' || sign === '−' ? -1 : 1)
    return { folder: folders[0], exercise, points, isAdded: sign !== '', reason }
  })
}

/** Folders of the students that a text names: by the folder, else by id or name. */
function matching(text: string, students: readonly Student[]): string[] {
  if (students.some(({ folder }) => folder === text)) return [text]
  return students
    .filter(({ id, name }) => text !== '' && (id === text || name === text))
    .map(({ folder }) => folder)
}

/** `hash-ring: +2 points, regraded`. */
export function adjustmentWords({ exercise, points, isAdded, reason }: Adjustment): string {
  const change = isAdded
    ? `${points < 0 ? '−' : '+'}${countOf(Math.abs(points), 'point')}`
    : countOf(points, 'point')
  return `${exercise || 'all exercises'}: ${change}, ${reason}`
}
