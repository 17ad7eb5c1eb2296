/** Labs, their checks and their grades. */
import { gradeBatch } from '../grading/batch.js'
import { checkExercise } from '../grading/check.js'
import { loadExercises, slugsOf } from '../grading/course.js'
import { type GradeFormat, gradeFormats } from '../grading/formats/index.js'
import { gradeLab } from '../grading/grade.js'
import { gradebookReport } from '../grading/gradebook/gradebook.js'
import { chosenIsolation, type IsolationChoice } from '../grading/isolation/choice.js'
import { openLab } from '../grading/lab.js'
import { makeLab as makeLabOf, type NewLab } from '../grading/new-lab.js'
import { Progress } from '../grading/progress.js'
import type { ExerciseResult, Grade } from '../grading/results.js'
import { type Reveal, revealed } from '../grading/reveal.js'
import { submissionSeed } from '../grading/submission.js'
import { plainPaint } from '../report/paint.js'
import type { Report } from '../report/report.js'
import { experiment } from './experiment.js'

export { slugs as exerciseNames, sourceOf as exerciseSource } from '../grading/course.js'
export { type GradeFormat, gradeFormatNames } from '../grading/formats/index.js'
export type { IsolationChoice } from '../grading/isolation/choice.js'
export type { NewLab } from '../grading/new-lab.js'
export type { CheckResult, ExerciseResult, Grade } from '../grading/results.js'
export type { Reveal } from '../grading/reveal.js'
export { updateLab } from '../grading/update-lab.js'

/** What is graded, and with which hidden cases. */
export interface GradingOptions {
  /** Slugs of exercises; by default those of the lab. */
  readonly exercises?: readonly string[]
  /** Decides the hidden cases; by default a hash of the files. */
  readonly seed?: string
  /** Whether solutions must be isolated; by default as well as the machine can. */
  readonly isolation?: IsolationChoice
  readonly progress?: (done: number, total: number) => void
}

/**
 * Grades a lab, as `cachelab grade` does: its files run in the best isolation that the machine offers. Processes are started
 * and take seconds for each exercise that was begun. Throws InputError where the folder is no lab.
 *
 * @example
 * import { type CheckResult, type ExerciseResult, type Grade, type GradingOptions, grade, makeLab } from 'cachelab/grading'
 * await makeLab('my-lab')
 * // Nothing in it is done yet.
 * const options: GradingOptions = { exercises: ['hash-ring'] }
 * const { score, maxScore, exercises }: Grade = await grade('my-lab', options)
 * score // 0
 * maxScore // 20
 * const [{ begun, checks }]: readonly ExerciseResult[] = exercises
 * const failed: CheckResult[] = checks.filter(({ passed }) => !passed)
 * begun // false
 * failed.length === checks.length // true
 */
export async function grade(folder: string, options: GradingOptions = {}): Promise<Grade> {
  const lab = openLab(folder)
  const { seed = submissionSeed(lab), isolation = 'best', progress } = options
  return gradeLab(lab, await loadExercises(options.exercises ?? slugsOf(lab)), {
    seed,
    isolation: chosenIsolation(isolation),
    ...(progress && { progress }),
  })
}

/**
 * Grades every folder in a folder, as `cachelab grade --batch` does: a row a submission.
 *
 * @example
 * import { gradeAll, makeLab } from 'cachelab/grading'
 * await makeLab('submissions/ada')
 * await makeLab('submissions/bob')
 * const { tables } = await gradeAll('submissions', { exercises: ['hash-ring'] })
 * const scores = tables[0].rows.map(({ submission, score, maxScore }) => [submission, score, maxScore])
 * scores // [ [ 'ada', 0, 20 ], [ 'bob', 0, 20 ] ]
 */
export async function gradeAll(folder: string, options: GradingOptions = {}): Promise<Report> {
  const { exercises, seed, isolation = 'best', progress = () => {} } = options
  const { book } = await gradeBatch({
    ...{ batch: folder, version: '', progress, note: () => {} },
    ...(seed !== undefined && { seed }),
    named: exercises && (await loadExercises(exercises)),
    isolation: chosenIsolation(isolation),
  })
  return gradebookReport(book)
}

/**
 * A grade in one of the formats of `cachelab grade`, such as junit, with as much of what failed as is to be revealed.
 *
 * @example
 * import { grade, type IsolationChoice, makeLab, type RenderOptions, renderGrade, type Reveal } from 'cachelab/grading'
 * const isolation: IsolationChoice = 'best'
 * const reveal: Reveal = 'none'
 * const options: RenderOptions = { reveal }
 * await makeLab('lab-to-show')
 * const result = await grade('lab-to-show', { exercises: ['hash-ring'], isolation })
 * const xml = await renderGrade(result, 'junit', options)
 * xml.slice(0, 38) // '<?xml version="1.0" encoding="UTF-8"?>'
 */
export async function renderGrade(
  grade: Grade,
  format: GradeFormat,
  { folder = '.', reveal = 'cases', times = false }: RenderOptions = {},
): Promise<string> {
  const render = await gradeFormats[format]()
  const surface = { width: 80, paint: plainPaint }
  return render(revealed(grade, reveal), { folder, environment: {}, times, surface })
}

/** What a rendered grade says. */
export interface RenderOptions {
  /** The lab's. */
  readonly folder?: string
  readonly reveal?: Reveal
  /** Whether it has how long checks took. */
  readonly times?: boolean
}

/**
 * Writes a new lab into a folder, and gives its files. Throws InputError where it would overwrite one.
 *
 * @example
 * import { makeLab, type NewLab } from 'cachelab/grading'
 * const options: Partial<NewLab> = { language: 'py' }
 * const files = await makeLab('lab-in-python', options)
 * files.slice(0, 3) // [ 'cachelab.json', 'README.md', 'PROTOCOL.md' ]
 */
export const makeLab = (folder: string, options: Partial<NewLab> = {}): Promise<string[]> =>
  makeLabOf(folder, { language: 'ts', ...options })

/**
 * Checks an exercise of a lab, as `cachelab check` does: the same cases each time, and the lab remembers the result.
 *
 * @example
 * import { check, makeLab } from 'cachelab/grading'
 * await makeLab('lab-to-check')
 * const { begun, score, maxScore } = await check('lab-to-check', 'hash-ring')
 * begun // false
 * score // 0
 * maxScore // 20
 */
export async function check(folder: string, exercise: string): Promise<ExerciseResult> {
  const lab = openLab(folder)
  return (await checkExercise(lab, exercise, new Progress(lab))).result
}

/**
 * The exercises of a lab: points, state, and which is next.
 *
 * @example
 * import { exercises, makeLab } from 'cachelab/grading'
 * await makeLab('lab-to-begin')
 * const { tables } = await exercises({ lab: 'lab-to-begin' })
 * const [{ exercise, points, state }] = tables[0].rows
 * exercise // 'keys-moved'
 * points // 10
 * state // '→ not begun'
 */
export const exercises = experiment<typeof import('../cli/commands/exercises.js')>('exercises')
