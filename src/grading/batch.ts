import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { EnvironmentError, fileError, InputError, isShortage } from '../input-error.js'
import { makeFolder } from '../make-folder.js'
import { writeWhole } from '../write-whole.js'
import type { Exercise } from './course.js'
import { slugs } from './course.js'
import { gradeLab } from './grade.js'
import { readAdjustments } from './gradebook/adjustments.js'
import { type Entry, entryOf, type Graded } from './gradebook/entry.js'
import type { Gradebook } from './gradebook/gradebook.js'
import { type Deadline, submittedAt } from './gradebook/lateness.js'
import { readRoster, type Student } from './gradebook/roster.js'
import { studentReport } from './gradebook/student-report.js'
import { labFolderOf, submissionsIn } from './gradebook/submissions.js'
import type { Isolation } from './isolation/index.js'
import { LAB_FILE, type Lab, openLab } from './lab.js'
import type { Grade } from './results.js'
import type { Reveal } from './reveal.js'
import type { Likeness, Submitted } from './similarity/compare.js'
import { fact, submissionSeed } from './submission.js'

export interface BatchOptions {
  readonly batch: string
  /** Where single labs are; must be left out. */
  readonly folder: string
  /** Those that count for a lab. */
  exercisesOf(lab: Lab): Promise<readonly Exercise[]>
  readonly isolation: Isolation
  readonly seed?: string
  /** Whether points are enough; by default any are. */
  isEnough?(score: number, maxScore: number): boolean
  /** A folder for one report a submission; what it has already isn't graded again. */
  readonly report?: string
  /** Whether to look for solutions that are alike. */
  readonly similar?: boolean
  /** What the reports show of hidden cases; without it they are the instructor's. */
  readonly reveal?: Reveal
  /** Students, in CSV: see `readRoster`. */
  readonly roster?: string
  readonly deadline?: Deadline
  /** Points that are changed by hand, in CSV: see `readAdjustments`. */
  readonly adjust?: string
  /** Of the program: another version grades everything again. */
  readonly version: string
  progress(done: number, total: number): void
  /** Is told of a submission that broke the grader. */
  note(text: string): void
}

const MAX_NAME_BYTES = 240

/**
 * Grades every folder in a folder, one after the other; a broken one doesn't stop the rest. `passed` says whether all
 * were graded, or given points by hand, and reached the minimum score.
 */
export async function gradeBatch(options: BatchOptions): Promise<{ book: Gradebook; passed: boolean }> {
  const { batch, report, roster, adjust, deadline, isEnough = () => true } = options
  checkFolder(options)
  const submissions = submissionsIn(batch, report)
  if (submissions.length === 0) throw new InputError(`there are no submissions in ${JSON.stringify(batch)}`)
  const students = studentsOf(submissions, roster === undefined ? [] : readRoster(roster))
  const adjustments = adjust === undefined ? [] : readAdjustments(adjust, students, slugs())
  if (report) makeReportFolder(report)
  const strangers = submissions.filter(
    (name) => !students.some(({ isListed, folder }) => isListed && folder === name),
  )
  if (roster !== undefined && strangers.length > 0)
    options.note(`not in the roster: ${strangers.map((name) => JSON.stringify(name)).join(', ')}`)
  const entries: Entry[] = []
  for (const student of students) {
    options.progress(entries.length, students.length)
    const isThere = submissions.includes(student.folder)
    const graded = isThere
      ? await gradeSubmission(student, options)
      : { student, grade: null, problem: 'nothing handed in' }
    const entry = entryOf(graded, adjustments, deadline)
    if (report && isThere)
      writeWhole(join(report, `${nameOf(student.folder)}.md`), studentReport(entry, options.reveal))
    entries.push(entry)
  }
  const passed = entries.every(
    ({ points, maxScore }) => points !== null && isEnough(points, maxScore ?? points),
  )
  const { isolation } = options
  const book = { batch, isolation, entries, hasRoster: roster !== undefined, deadline: deadline?.at }
  if (options.similar) return { book: { ...book, likeness: await likenessOf(submissions, options) }, passed }
  return { book, passed }
}

function checkFolder({ batch, folder }: BatchOptions): void {
  if (folder !== '.')
    throw new InputError('--batch names the folder of submissions; leave the other folder out')
  if (existsSync(join(batch, LAB_FILE)))
    throw new InputError(
      `${JSON.stringify(batch)} is a lab: --batch names the folder that holds them; grade one without it`,
    )
  if (!statSync(batch, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`there is no folder ${JSON.stringify(batch)}`)
}

/** What is alike in the submissions that hold a lab. */
async function likenessOf(
  submissions: readonly string[],
  { batch, exercisesOf }: BatchOptions,
): Promise<Likeness> {
  const submitted: Submitted[] = []
  for (const submission of submissions) {
    const lab = fact(() => openLab(labFolderOf(join(batch, submission))))
    if (!lab) continue
    const exercises = await exercisesOf(lab)
    submitted.push({ submission, lab, exercises: exercises.map(({ slug }) => slug) })
  }
  const { compareSubmissions } = await import('./similarity/compare.js')
  return compareSubmissions(submitted)
}

/** Those of the roster, and those who handed something in, by the names of their folders. */
function studentsOf(
  submissions: readonly string[],
  listed: readonly Student[],
): (Student & { readonly isListed?: true })[] {
  const known = new Map(listed.map((student) => [student.folder, { ...student, isListed: true as const }]))
  const folders = [...new Set([...submissions, ...known.keys()])].sort()
  return folders.map((folder) => known.get(folder) ?? { folder, name: folder })
}

function makeReportFolder(path: string): void {
  try {
    makeFolder(path)
  } catch (error) {
    throw fileError(
      error,
      `can't make the folder ${JSON.stringify(path)}: ${(error as NodeJS.ErrnoException).code}`,
    )
  }
}

async function gradeSubmission(student: Student, options: BatchOptions): Promise<Graded> {
  const { batch, report, isolation, version, deadline } = options
  const { folder } = student
  const data = report && join(report, `${nameOf(folder)}.json`)
  try {
    const lab = openLab(labFolderOf(join(batch, folder)))
    const exercises = await options.exercisesOf(lab)
    const own = submissionSeed(lab)
    const seed = options.seed ?? own
    const identity = createHash('sha256')
      .update(JSON.stringify([version, seed, isolation, own, exercises.map(({ slug }) => slug)]))
      .digest('hex')
    const hidden = [batch, ...(report ? [report] : [])]
    const known = savedGrade(data, identity)
    const grade = known ?? (await gradeLab(lab, exercises, { seed, hidden, isolation }))
    if (data && !known) writeWhole(data, `${JSON.stringify({ identity, grade })}\n`)
    const { submitted: at } = student
    const submitted = at ? { at, source: 'roster' as const } : deadline && submittedAt(lab.folder, batch)
    return { student, grade, problem: null, submitted }
  } catch (error) {
    if (error instanceof EnvironmentError || isShortage(error)) throw error
    if (!(error instanceof InputError)) options.note(`${folder}: ${(error as Error).message}`)
    return { student, grade: null, problem: (error as Error).message }
  }
}

/** The start of the names of a submission's files, short enough for every file system. */
function nameOf(submission: string): string {
  if (Buffer.byteLength(submission) <= MAX_NAME_BYTES) return submission
  const digest = createHash('sha256').update(submission).digest('hex').slice(0, 16)
  return `${submission.slice(0, MAX_NAME_BYTES >> 3)}-${digest}`
}

/** What an earlier run found for the same files, seed and exercises. */
function savedGrade(path: string | undefined, identity: string): Grade | undefined {
  if (!path) return undefined
  try {
    const saved = JSON.parse(readFileSync(path, 'utf8')) as { identity: string; grade?: Grade }
    return saved.identity === identity ? saved.grade : undefined
  } catch {
    return undefined
  }
}
