import { readdirSync } from 'node:fs'
import { EnvironmentError } from '../input-error.js'
import { currentJobs } from '../parallel/jobs.js'
import { Places } from '../parallel/side-by-side.js'
import { createRandom } from '../random/random.js'
import { Conversation } from './conversation.js'
import { type Exercise, isStarter, pointsOf } from './course.js'
import { type Check, Failure } from './exercise.js'
import { bestIsolation, type Isolation } from './isolation/index.js'
import { checkCommands, type EntryPoint, LAB_FILE, type Lab } from './lab.js'
import { gradeLimits, type Limits } from './process.js'
import type { CheckResult, Ended, ExerciseResult, Grade } from './results.js'
import { Sandbox } from './sandbox.js'
import { isOwnFile, readOwnFile } from './submission.js'

export interface GradeOptions {
  readonly seed: string
  readonly limits?: Limits
  /** Default: the best isolation that this system offers. */
  readonly isolation?: Isolation
  /** Folders that solutions must not see. */
  readonly hidden?: readonly string[]
  /** What starts solutions. Default: a sandbox of that isolation. */
  readonly sandbox?: Pick<Sandbox, 'start' | 'remove'>
  /** Where checks run, also those of other labs at the same time. Default: as many as there are jobs. */
  readonly places?: Places
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => void
}

/**
 * Runs all checks of some exercises on a lab, as many side by side as there are places. Throws InputError where a
 * command of the lab doesn't exist.
 */
export async function gradeLab(
  lab: Lab,
  exercises: readonly Exercise[],
  options: GradeOptions,
): Promise<Grade> {
  checkCommands(
    lab,
    exercises.map(({ slug }) => slug),
  )
  const begun = new Set(exercises.filter(({ slug }) => !isUntouched(lab, slug)))
  const jobs = [...begun].flatMap((exercise) => exercise.checks.map((check) => ({ exercise, check })))
  const results = new Map<Check, CheckResult>()
  const limits = options.limits ?? gradeLimits
  const isolation = options.isolation ?? bestIsolation()
  const sandbox = options.sandbox ?? new Sandbox(lab, isolation, options.hidden)
  const places = options.places ?? new Places(currentJobs())
  let isOver = false
  options.progress?.(0, jobs.length)
  const work = async ({ exercise, check }: (typeof jobs)[number]) => {
    if (isOver || options.signal?.aborted) return
    results.set(check, await runCheck(lab, sandbox, exercise, check, { ...options, limits }))
    options.progress?.(results.size, jobs.length)
  }
  try {
    await Promise.all(jobs.map((job) => places.take(() => work(job))))
  } finally {
    isOver = true
    sandbox.remove()
  }
  options.signal?.throwIfAborted()
  const graded = exercises.map((exercise) => resultOf(exercise, lab, begun.has(exercise), results))
  return {
    score: graded.reduce((sum, { score }) => sum + score, 0),
    maxScore: graded.reduce((sum, { maxScore }) => sum + maxScore, 0),
    seed: options.seed,
    isolation,
    exercises: graded,
  }
}

function resultOf(
  exercise: Exercise,
  lab: Lab,
  begun: boolean,
  results: ReadonlyMap<Check, CheckResult>,
): ExerciseResult {
  const checks = exercise.checks.map((check) => results.get(check) ?? notRun(check))
  const { slug, title, lesson } = exercise
  return {
    slug,
    title,
    lesson,
    file: lab.entries.get(slug)?.file ?? '',
    begun,
    score: checks.reduce((sum, { passed, points }) => sum + (passed ? points : 0), 0),
    maxScore: pointsOf(exercise),
    checks,
  }
}

function notRun({ id, title, points }: Check): CheckResult {
  return { id, title, points, passed: false, message: '', next: '', printed: '', milliseconds: 0 }
}

async function runCheck(
  lab: Lab,
  sandbox: Pick<Sandbox, 'start'>,
  { slug }: Exercise,
  check: Check,
  options: GradeOptions & { readonly limits: Limits },
): Promise<CheckResult> {
  const begun = performance.now()
  const { id, title, points } = check
  const result = (failure: Failure | undefined, printed: string, ended?: Ended): CheckResult => ({
    id,
    title,
    points,
    printed,
    passed: failure === undefined,
    ...(ended && { ended }),
    message: failure?.message ?? '',
    next: failure?.next ?? '',
    command: failure?.command ?? '',
    milliseconds: performance.now() - begun,
  })
  const entry = lab.entries.get(slug)
  const missing = missingFile(lab, slug, entry)
  if (missing || !entry) return result(missing, '')
  const conversation = new Conversation(sandbox, entry, options.limits, options.signal)
  let failure: Failure | undefined
  try {
    await check.run(conversation, createRandom(options.seed, `${slug}/${id}`))
  } catch (error) {
    if (error instanceof EnvironmentError) throw error
    // By name: the checks are bundled apart, and may have a class of their own.
    failure =
      (error as Error).name === 'Failure'
        ? (error as Failure)
        : new Failure(
            `what your code returned can't be judged (${(error as Error).message})`,
            'Return plain data as the task describes it, not nested without end.',
          )
  } finally {
    await conversation.close()
  }
  return result(failure, conversation.printed, failure && conversation.endedBy(failure))
}

const MAX_STARTER_BYTES = 1 << 16

/** Whether an exercise's file still is what the lab began with. */
export function isUntouched({ folder, entries }: Lab, slug: string): boolean {
  const bytes = readOwnFile(folder, entries.get(slug)?.file ?? '', MAX_STARTER_BYTES)
  return bytes !== undefined && isStarter(slug, bytes.toString())
}

/** A file's name without the differences in spelling that people make. */
const bare = (name: string) => name.toLowerCase().replaceAll(/[-_ ]/g, '')

function missingFile(lab: Lab, slug: string, entry: EntryPoint | undefined): Failure | undefined {
  if (!entry) {
    return new Failure(
      `cachelab.json has no entry "${slug}"`,
      'Add the exercise, which changes nothing of yours:',
      'cachelab init --update',
    )
  }
  if (!isOwnFile(lab.folder, entry.file)) {
    const like = readdirSync(lab.folder).find(
      (name) => name !== entry.file && bare(name) === bare(entry.file),
    )
    const hint = like ? `; the lab has ${like}: rename it, or name it in ${LAB_FILE}` : ''
    return new Failure(
      `there is no file ${entry.file}${hint}`,
      'Write its starter:',
      `cachelab reset ${slug}`,
    )
  }
  return undefined
}
