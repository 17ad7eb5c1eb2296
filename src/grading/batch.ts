import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EnvironmentError, fileError, InputError, isShortage } from '../input-error.js'
import { makeFolder } from '../make-folder.js'
import { reportOf } from '../report/build.js'
import type { Report } from '../report/index.js'
import { markdownText } from '../report/markdown-text.js'
import { withoutCommands } from '../report/text.js'
import { writeWhole } from '../write-whole.js'
import type { Exercise } from './course.js'
import { renderInstructorReport } from './formats/instructor.js'
import { gradeLab } from './grade.js'
import type { Isolation } from './isolation/index.js'
import { LAB_FILE, type Lab, openLab } from './lab.js'
import type { Likeness, Submitted } from './similarity/compare.js'
import { likenessParts } from './similarity/report.js'
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
  /** Of the program: another version grades everything again. */
  readonly version: string
  progress(done: number, total: number): void
  /** Is told of a submission that broke the grader. */
  note(text: string): void
}

/** The result for one submission. */
interface Row {
  readonly submission: string
  readonly score: number | null
  readonly maxScore: number | null
  readonly failed: number | null
  /** Why it couldn't be graded, or null. */
  readonly problem: string | null
}

const MAX_NAME_BYTES = 240

/**
 * Grades every folder in a folder, one after the other; a broken one doesn't stop the rest. `passed` says whether all
 * were graded and reached the minimum score.
 */
export async function gradeBatch(options: BatchOptions): Promise<{ summary: Report; passed: boolean }> {
  const { batch, report, isEnough = () => true } = options
  if (options.folder !== '.')
    throw new InputError('--batch names the folder of submissions; leave the other folder out')
  if (existsSync(join(batch, LAB_FILE)))
    throw new InputError(
      `${JSON.stringify(batch)} is a lab: --batch names the folder that holds them; grade one without it`,
    )
  if (!statSync(batch, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`there is no folder ${JSON.stringify(batch)}`)
  if (report) makeReportFolder(report)
  const submissions = readdirSync(batch, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => resolve(batch, name) !== resolve(report ?? ''))
    .sort()
  if (submissions.length === 0) throw new InputError(`there are no submissions in ${JSON.stringify(batch)}`)
  const rows: Row[] = []
  for (const submission of submissions) {
    options.progress(rows.length, submissions.length)
    rows.push(await gradeSubmission(submission, options))
  }
  const passed = rows.every(
    ({ problem, score, maxScore }) => problem === null && isEnough(score ?? 0, maxScore ?? 0),
  )
  const likeness = options.similar ? await likenessOf(submissions, options) : undefined
  return { summary: summaryOf(batch, options.isolation, rows, likeness), passed }
}

/** What is alike in the submissions that hold a lab. */
async function likenessOf(
  submissions: readonly string[],
  { batch, exercisesOf }: BatchOptions,
): Promise<Likeness> {
  const submitted: Submitted[] = []
  for (const submission of submissions) {
    const lab = fact(() => openLab(join(batch, submission)))
    if (!lab) continue
    const exercises = await exercisesOf(lab)
    submitted.push({ submission, lab, exercises: exercises.map(({ slug }) => slug) })
  }
  const { compareSubmissions } = await import('./similarity/compare.js')
  return compareSubmissions(submitted)
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

async function gradeSubmission(submission: string, options: BatchOptions): Promise<Row> {
  const { batch, report, isolation, version } = options
  const file = (ending: string) => report && join(report, `${nameOf(submission)}.${ending}`)
  try {
    const lab = openLab(join(batch, submission))
    const exercises = await options.exercisesOf(lab)
    const seed = options.seed ?? submissionSeed(lab)
    const identity = createHash('sha256')
      .update(
        JSON.stringify([version, seed, isolation, submissionSeed(lab), exercises.map(({ slug }) => slug)]),
      )
      .digest('hex')
    const known = savedRow(file('json'), identity)
    if (known) return known
    const hidden = [batch, ...(report ? [report] : [])]
    const grade = await gradeLab(lab, exercises, { seed, hidden, isolation })
    const checks = grade.exercises.flatMap((exercise) => exercise.checks)
    const row: Row = {
      submission,
      score: grade.score,
      maxScore: grade.maxScore,
      failed: checks.filter(({ passed }) => !passed).length,
      problem: null,
    }
    const [text, data] = [file('md'), file('json')]
    if (text) writeWhole(text, renderInstructorReport(grade))
    if (data) writeWhole(data, `${JSON.stringify({ identity, row })}\n`)
    return row
  } catch (error) {
    if (error instanceof EnvironmentError || isShortage(error)) throw error
    if (!(error instanceof InputError)) options.note(`${submission}: ${(error as Error).message}`)
    const path = file('md')
    const problem = (error as Error).message
    if (path) writeWhole(path, `# Not graded\n\n${withoutCommands(markdownText(problem))}\n`)
    return { submission, score: null, maxScore: null, failed: null, problem }
  }
}

/** The start of the names of a submission's files, short enough for every file system. */
function nameOf(submission: string): string {
  if (Buffer.byteLength(submission) <= MAX_NAME_BYTES) return submission
  const digest = createHash('sha256').update(submission).digest('hex').slice(0, 16)
  return `${submission.slice(0, MAX_NAME_BYTES >> 3)}-${digest}`
}

/** What an earlier run found for the same files, seed and exercises. */
function savedRow(path: string | undefined, identity: string): Row | undefined {
  if (!path) return undefined
  try {
    const saved = JSON.parse(readFileSync(path, 'utf8')) as { identity: string; row: Row }
    return saved.identity === identity ? saved.row : undefined
  } catch {
    return undefined
  }
}

function summaryOf(
  batch: string,
  isolation: Isolation,
  rows: readonly Row[],
  likeness: Likeness | undefined,
): Report {
  const alike = likeness && likenessParts(likeness)
  const graded = rows.filter(({ problem }) => problem === null)
  const mean = graded.reduce((sum, { score }) => sum + (score ?? 0), 0) / (graded.length || 1)
  return reportOf('grade --batch', {
    title: `Submissions in ${batch}`,
    parameters: { isolation },
    tables: {
      submissions: {
        title: 'Submissions',
        columns: {
          submission: 'submission',
          score: 'points',
          maxScore: 'of',
          share: ['share', 'ratio'],
          failed: 'failed checks',
          problem: 'why not graded',
        },
        rows: rows.map((row) => ({ ...row, share: row.score === null ? null : row.score / row.maxScore! })),
      },
      ...alike?.tables,
    },
    findings: {
      mean: `${graded.length} of ${rows.length} graded, with ${mean.toFixed(1)} points on average.`,
      ...alike?.findings,
    },
  })
}
