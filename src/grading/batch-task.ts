import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EnvironmentError, InputError, isShortage } from '../input-error.js'
import type { Places } from '../parallel/side-by-side.js'
import { writeWhole } from '../write-whole.js'
import { type Exercise, loadExercises, slugsOf } from './course.js'
import { gradeLab } from './grade.js'
import { type Deadline, type Submitted, submittedAt } from './gradebook/lateness.js'
import { labFolderOf } from './gradebook/submissions.js'
import type { Isolation } from './isolation/index.js'
import { openLab } from './lab.js'
import type { Grade } from './results.js'
import { type Reveal, revealedTexts } from './reveal.js'
import { filesOf, type HandedIn } from './similarity/files.js'
import { submissionSeed } from './submission.js'

/** What grading a submission needs. */
export interface TaskOptions {
  readonly batch: string
  /** The exercises that count; without them those of each lab. */
  readonly named?: readonly Exercise[] | undefined
  readonly isolation: Isolation
  readonly seed?: string
  /** From which a seed that is a secret can't be guessed, for what is kept with the reports. */
  readonly seedDigest?: string
  /** A folder for one report a submission; what it has already isn't graded again. */
  readonly report?: string
  /** What is shown of hidden cases, to whomever; without it reports are the instructor's, with all. */
  readonly reveal?: Reveal
  /** Whether to look for solutions that are alike. */
  readonly similar?: boolean
  readonly deadline?: Deadline
  /** Of the program: another version grades everything again. */
  readonly version: string
  /** Is told of a submission that broke the grader. */
  note(text: string): void
}

/** A submission to grade, and a digest of its files; null where they can't be read. */
export interface BatchTask {
  readonly folder: string
  readonly digest: string | null
}

/** What grading a submission comes to, as plain data. A seed that is a secret isn't in it. */
export interface BatchResult {
  readonly grade: Grade | null
  readonly problem: string | null
  readonly submitted?: Submitted | undefined
  /** Where solutions are compared. */
  readonly handedIn?: readonly HandedIn[]
}

const MAX_NAME_BYTES = 240

export async function gradeSubmission(
  { folder, digest }: BatchTask,
  options: TaskOptions,
  places: Places,
): Promise<BatchResult> {
  const { batch, report, isolation, version, deadline, reveal } = options
  const data = report && join(report, `${nameOf(folder)}.json`)
  try {
    const lab = openLab(labFolderOf(join(batch, folder)))
    const exercises = options.named ?? (await loadExercises(slugsOf(lab)))
    const slugs = exercises.map(({ slug }) => slug)
    const own = digest ?? submissionSeed(lab)
    const seed = options.seed ?? own
    const identity = createHash('sha256')
      .update(JSON.stringify([version, options.seedDigest ?? own, isolation, own, slugs, reveal]))
      .digest('hex')
    const hidden = [batch, ...(report ? [report] : [])]
    const known = savedGrade(data, identity)
    const grade = known ?? shown(await gradeLab(lab, exercises, { seed, hidden, isolation, places }), options)
    // Beside a student's report nothing may lie that tells more.
    if (data && !known) writeWhole(data, `${JSON.stringify({ identity, grade })}\n`)
    return {
      grade,
      problem: null,
      submitted: deadline && submittedAt(lab.folder, batch),
      ...(options.similar && {
        handedIn: slugs.flatMap((exercise) => filesOf(lab, exercise, folder) ?? []),
      }),
    }
  } catch (error) {
    if (error instanceof EnvironmentError || isShortage(error)) throw error
    // What is kept of what was handed in before may tell more than reports do now.
    if (data) rmSync(data, { force: true })
    if (!(error instanceof InputError)) options.note(`${folder}: ${(error as Error).message}`)
    return { grade: null, problem: (error as Error).message }
  }
}

/** As much of a grade as leaves the grader. */
function shown(grade: Grade, { seed, reveal }: TaskOptions): Grade {
  const known = seed === undefined ? grade : { ...grade, seed: '' }
  return reveal ? revealedTexts(known, reveal) : known
}

/** The start of the names of a submission's files, short enough for every file system. */
export function nameOf(submission: string): string {
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
