import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileError, InputError } from '../input-error.js'
import { makeFolder } from '../make-folder.js'
import { divide, fact, isMerging } from '../parallel/division.js'
import { currentJobs } from '../parallel/jobs.js'
import { Places, sideBySide } from '../parallel/side-by-side.js'
import { writeWhole } from '../write-whole.js'
import { type BatchResult, type BatchTask, gradeSubmission, nameOf, type TaskOptions } from './batch-task.js'
import { slugs } from './course.js'
import { readAdjustments } from './gradebook/adjustments.js'
import { type Entry, entryOf, type Graded } from './gradebook/entry.js'
import type { Gradebook } from './gradebook/gradebook.js'
import { type Student, sharedRoster } from './gradebook/roster.js'
import { studentReport } from './gradebook/student-report.js'
import { archivesIn, labFolderOf, submissionsIn } from './gradebook/submissions.js'
import { LAB_FILE } from './lab.js'
import { checkSameSeed, digestOfSeed } from './seed-digest.js'
import { submissionSeed } from './submission.js'

export interface BatchOptions extends TaskOptions {
  /** Whether points are enough; by default any are. */
  isEnough?(score: number, maxScore: number): boolean
  /** A folder for what is done, which is no submission where it is among them. */
  readonly resume?: string
  /** Students, in CSV: see `readRoster`. */
  readonly roster?: string
  /** Points that are changed by hand, in CSV: see `readAdjustments`. */
  readonly adjust?: string
  progress(done: number, total: number): void
}

/**
 * Grades every folder in a folder, some side by side; a broken one doesn't stop the rest. `passed` says whether all
 * were graded, or given points by hand, and reached the minimum score.
 */
export async function gradeBatch(options: BatchOptions): Promise<{ book: Gradebook; passed: boolean }> {
  const { batch, named, report, roster, adjust, deadline, isEnough = () => true } = options
  const tasks = await tasksOf(options)
  const packed = await fact('the archives', () => archivesIn(batch))
  if (packed.length > 0) options.note(`to be unpacked before they can be graded: ${namesText(packed)}`)
  if (tasks.length === 0) throw new InputError(`there are no submissions in ${JSON.stringify(batch)}`)
  await checkSameSeed(options.seed, tasks)
  const listed = roster === undefined ? [] : await sharedRoster(roster)
  const students = studentsOf(tasks, listed)
  const adjustments =
    adjust === undefined
      ? []
      : await fact('the points by hand', () =>
          readAdjustments(adjust, students, named?.map(({ slug }) => slug) ?? slugs()),
        )
  if (report) makeReportFolder(report)
  const known = new Set(listed.map(({ folder }) => folder))
  const strangers = tasks.filter(({ folder }) => !known.has(folder))
  if (roster !== undefined && strangers.length > 0)
    options.note(`not in the roster: ${namesText(strangers.map(({ folder }) => folder))}`)
  const done = await gradeAll(tasks, await withSeedDigest(options))
  const results = new Map(done.map(({ input, result }) => [input.folder, result]))
  const handedIn = new Set(tasks.map(({ folder }) => folder))
  const entries = students
    // A part of the work says nothing of those that it lacks.
    .filter(({ folder }) => results.has(folder) || !handedIn.has(folder))
    .map((student) => entryOf(gradedOf(student, results.get(student.folder), options), adjustments, deadline))
  if (report) writeReports(report, entries, handedIn, options.reveal)
  const passed = entries.every(
    ({ points, maxScore }) => points !== null && isEnough(points, maxScore ?? points),
  )
  const { isolation } = options
  const book = { batch, isolation, entries, hasRoster: roster !== undefined, deadline: deadline?.at }
  if (!options.similar) return { book, passed }
  const { compareSubmissions } = await import('./similarity/compare.js')
  const likeness = compareSubmissions(done.flatMap(({ result }) => result.handedIn ?? []))
  return { book: { ...book, likeness }, passed }
}

const namesText = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

/** Only what is kept with reports needs the digest. */
async function withSeedDigest(options: BatchOptions): Promise<BatchOptions> {
  const { seed, report, version } = options
  return seed === undefined || !report || isMerging()
    ? options
    : { ...options, seedDigest: await digestOfSeed(seed, version) }
}

/** The submissions, which are the same on every machine that does a part of the work. */
async function tasksOf(options: BatchOptions): Promise<BatchTask[]> {
  const { batch, report, resume } = options
  const folders = await fact('the submissions', () => {
    checkFolder(options)
    return submissionsIn(batch, ...[report, resume].filter((path) => path !== undefined))
  })
  const tasks: BatchTask[] = []
  for (const folder of folders) {
    const digest = await fact(`the submission ${JSON.stringify(folder)}`, () => digestOf(batch, folder))
    tasks.push({ folder, digest })
  }
  return tasks
}

function digestOf(batch: string, folder: string): string | null {
  try {
    return submissionSeed({ folder: labFolderOf(join(batch, folder)) })
  } catch {
    return null // Said where it is graded.
  }
}

function gradeAll(tasks: readonly BatchTask[], options: BatchOptions) {
  return divide<BatchTask, BatchResult>({
    name: 'submissions',
    inputs: tasks,
    progress: options.progress,
    async run(inputs, done) {
      const jobs = currentJobs()
      const places = new Places(jobs)
      await sideBySide(inputs, jobs, async (task, place) => {
        done(place, await gradeSubmission(task, options, places))
      })
    },
  })
}

function gradedOf(student: Student, result: BatchResult | undefined, { seed }: BatchOptions): Graded {
  if (!result) return { student, grade: null, problem: 'nothing handed in' }
  const { grade, problem } = result
  const { submitted: at } = student
  const submitted = at && grade ? { at, source: 'roster' as const } : result.submitted
  return {
    student,
    grade: grade && seed !== undefined ? { ...grade, seed } : grade,
    problem,
    // Parts have times as texts.
    submitted: submitted && { ...submitted, at: new Date(submitted.at) },
  }
}

function writeReports(
  folder: string,
  entries: readonly Entry[],
  handedIn: ReadonlySet<string>,
  reveal: BatchOptions['reveal'],
): void {
  for (const entry of entries)
    if (handedIn.has(entry.student.folder))
      writeWhole(join(folder, `${nameOf(entry.student.folder)}.md`), studentReport(entry, reveal))
}

function checkFolder({ batch }: BatchOptions): void {
  if (existsSync(join(batch, LAB_FILE)))
    throw new InputError(
      `${JSON.stringify(batch)} is a lab: --batch names the folder that holds them; grade one without it`,
    )
  if (!statSync(batch, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`there is no folder ${JSON.stringify(batch)}`)
}

/** Those of the roster, and those who handed something in, by the names of their folders. */
function studentsOf(submissions: readonly BatchTask[], listed: readonly Student[]): Student[] {
  const known = new Map(listed.map((student) => [student.folder, student]))
  const folders = [...new Set([...submissions.map(({ folder }) => folder), ...known.keys()])].sort()
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
