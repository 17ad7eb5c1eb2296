import { InputError } from '../../input-error.js'
import { fact } from '../../parallel/division.js'
import { readCsv } from './csv-rows.js'
import { timeIn } from './time.js'

/** A student, as a roster has them or, without one, by the folder's name. */
export interface Student {
  /** The name of the folder of the submission. */
  readonly folder: string
  readonly name: string
  readonly id?: string
  readonly email?: string
  readonly sisId?: string
  readonly login?: string
  readonly section?: string
  readonly submitted?: Date
}

/** Columns by what they hold: our names, and those of Canvas's, Moodle's and Gradescope's lists of students. */
export const rosterColumns: Readonly<Record<keyof Student, readonly string[]>> = {
  folder: ['folder', 'submission'],
  name: ['name', 'student', 'full name'],
  id: ['id', 'sid', 'id number', 'student id'],
  email: ['email', 'email address'],
  sisId: ['sis user id'],
  login: ['sis login id', 'username', 'login'],
  section: ['section', 'sections'],
  submitted: ['submitted', 'submission time'],
}

/** What Moodle and Gradescope have instead of the column of a name. */
const namesInParts = [['first name'], ['last name', 'surname']]

/**
 * Students of a CSV file with a header: `name`, and `folder` or else `id`, which is the folder's name then. Throws
 * InputError, naming the line, at what can't be used.
 */
export function readRoster(path: string): Student[] {
  const rows = readCsv(path, '--roster', (columns) => {
    const has = (key: keyof Student) => rosterColumns[key].some((name) => columns.includes(name))
    const hasParts = namesInParts.every((part) => part.some((name) => columns.includes(name)))
    return (has('name') || hasParts) && (has('folder') || has('id'))
      ? null
      : 'the header must name "name", and "folder" or "id"'
  })
  const students = new Map<string, Student>()
  for (const { place, cells } of rows) {
    const first = (names: readonly string[]) => names.map((name) => cells.get(name)).find(Boolean) ?? ''
    const { submitted: written, ...texts } = Object.fromEntries(
      Object.entries(rosterColumns).map(([key, names]) => [key, first(names)]),
    ) as Record<keyof Student, string>
    texts.name ||= namesInParts.map(first).filter(Boolean).join(' ')
    // Canvas's second row, which is no student.
    if (texts.name === 'Points Possible') continue
    const folder = texts.folder || texts.id
    const submitted = written ? timeIn(written) : undefined
    if (written && !submitted)
      throw new InputError(
        `${place}: the time must be such as 2026-12-01T12:00+01:00, got ${JSON.stringify(written)}`,
      )
    if (!folder || !texts.name)
      throw new InputError(`${place}: a student needs a name, and a folder or an id`)
    if (students.has(folder)) throw new InputError(`${place}: ${JSON.stringify(folder)} is there twice`)
    students.set(folder, { ...texts, folder, ...(submitted && { submitted }) })
  }
  return [...students.values()]
}

/** The same students on every machine that does a part of the work. */
export async function sharedRoster(path: string): Promise<Student[]> {
  const students = await fact('the roster', () => readRoster(path))
  // Parts have times as texts.
  return students.map((one) => (one.submitted ? { ...one, submitted: new Date(one.submitted) } : one))
}
