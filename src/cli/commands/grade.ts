import { Argument, type Command } from 'commander'
import {
  type Exercise,
  loadCourse,
  loadExercises,
  pointsOfAll,
  slugs,
  slugsOf,
} from '../../grading/course.js'
import { type GradeFormat, gradeFormats } from '../../grading/formats/index.js'
import { renderInstructorReport } from '../../grading/formats/instructor.js'
import { gradeLab } from '../../grading/grade.js'
import { chosenIsolation, isolationChoices } from '../../grading/isolation/choice.js'
import { type Lab, openLab } from '../../grading/lab.js'
import { digestsOf, Progress } from '../../grading/progress.js'
import type { Grade } from '../../grading/results.js'
import { revealed, reveals } from '../../grading/reveal.js'
import { takeSecret } from '../../grading/secret.js'
import { submissionSeed } from '../../grading/submission.js'
import { InputError } from '../../input-error.js'
import { fact, isMerging } from '../../parallel/division.js'
import { countOf } from '../../report/format.js'
import { writeWhole } from '../../write-whole.js'
import { runInParallel } from '../division/divided.js'
import { choice, choices } from '../options/arguments.js'
import { addOptions, type FlagsOf, flag, option } from '../options/declare.js'
import { divisionOptions } from '../options/division.js'
import { givenWords } from '../options/given.js'
import { gradebookOptions } from '../options/gradebook.js'
import {
  bookFormatNames,
  checkBookOutputs,
  checkOutputs,
  gradeOutputs,
  type Output,
  outputOptions,
  shielded,
  showsTables,
  writeBook,
} from '../output/grade-outputs.js'
import { note, outputPaint, outputWidth, ProgressLine, write, writeData } from '../output/terminal.js'
import { fail, surface } from '../surface.js'
import { version } from '../version.js'

const MAX_SEED_LENGTH = 200
const MAX_POINTS = 1e6

export const examples = [
  ['cachelab grade my-lab --reveal hints', 'all exercises; what failed, and what to do next'],
  ['cachelab grade my-lab --exercise hash-ring --min-score 15', 'one exercise, which passes with 15 points'],
  [
    'cachelab grade my-lab --format junit --output grade.xml --format markdown',
    'two reports, one of them for a CI server',
  ],
] as const

/** Options before and after those for outputs, in the order of the help. */
const before = {
  exercise: option(
    '<names>',
    'grade these exercises, between commas, or all of the course (default: those of the lab)',
    choices(slugs()),
  ),
  seed: option('<text>', 'seed of the hidden cases (default: CACHELAB_SEED, else a hash of the files)', seed),
  minScore: option(
    '<points>',
    'fewer points, or a smaller share such as 60%, give exit code 1 (default: all points)',
    minimum,
  ),
}
const after = {
  report: option('<file>', 'also write the instructor’s report, with the seed; a folder with --batch'),
  isolation: option(
    '<how>',
    'require isolation, use the best available, or none',
    choice(isolationChoices),
    'best',
  ),
  reveal: option(
    '<what>',
    'what to show of a failed check: none, only that it failed; cases, the case too; hints, the case and a hint (default: cases)',
    choice(reveals),
  ),
  times: flag('write how long checks took'),
  batch: option('<folder>', `grade every folder in it; writes ${bookFormatNames.join(', ')}`),
  similar: flag('with --batch, also show which solutions are alike: a reason to look, no verdict'),
  ...gradebookOptions,
  ...divisionOptions,
}

/** Options of `--batch`. */
const OF_BATCH = [...Object.keys(gradebookOptions), 'shard', 'resume', 'verbose']
/** What parts must not say, or what a merge has of its own. */
const NOT_IN_PARTS = ['--seed', '--output', '--report']

type Flags = FlagsOf<typeof before & typeof after>

export function configure(command: Command): Command {
  const { outputs } = outputOptions(
    addOptions(
      command
        .addArgument(new Argument('[folder]', 'the lab').default('.', 'here'))
        .description('Grades a lab: runs all checks with hidden cases, and counts the points.'),
      before,
    ),
  )
  const words = givenWords(addOptions(command, after), NOT_IN_PARTS)
  return command.action((folder: string, flags: Flags) => {
    surface().arguments = words()
    return runInParallel(command, flags, () => run(folder, flags, outputs()))
  })
}

/** The fewest points that pass, or the smallest share of all, in percent. */
interface Minimum {
  readonly written: string
  readonly amount: number
  readonly isShare: boolean
}

function minimum(text: string): Minimum {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? []
  const isShare = percent === '%'
  if (number === undefined || Number(number) > (isShare ? 100 : MAX_POINTS)) {
    throw new InputError(
      `--min-score must be a number from 0 to ${MAX_POINTS}, or a share from 0% to 100%, got ${JSON.stringify(text)}`,
    )
  }
  return { written: text, amount: Number(number), isShare }
}

/** Whether a score reaches a minimum, by default all points. */
function isEnough(least: Minimum | undefined, score: number, maxScore: number): boolean {
  if (least === undefined) return score === maxScore
  return least.isShare ? 100 * score >= least.amount * maxScore : score >= least.amount
}

function seed(text: string): string {
  if (text === '' || text.length > MAX_SEED_LENGTH) {
    throw new InputError(
      `--seed must be a text of 1 to ${MAX_SEED_LENGTH} characters, got ${JSON.stringify(text.slice(0, 50))}`,
    )
  }
  return text
}

async function run(folder: string, flags: Flags, outputs: readonly Output[]): Promise<void> {
  const { minScore } = flags
  const named = flags.exercise && (await loadExercises(flags.exercise))
  const exercisesOf = async (lab: Lab) => named ?? loadExercises(slugsOf(lab))
  const seed = flags.seed ?? takeSecret('CACHELAB_SEED')
  // Other users of the machine can read a process's arguments.
  if (flags.seed !== undefined) process.title = 'cachelab'
  const isolation = await fact('the isolation', () => chosenIsolation(flags.isolation))
  if (flags.batch !== undefined) {
    if (flags.shard && (flags.report || outputs.some(({ path }) => path)))
      throw new InputError('--shard writes a part; --report and --output are for cachelab merge')
    if (
      !isMerging() &&
      !flags.shard &&
      flags.reveal &&
      !flags.report &&
      !outputs.some(({ format }) => format === 'junit')
    )
      throw new InputError('--reveal with --batch is for the reports of --report, and for --format junit')
    if (flags.late && !flags.deadline) throw new InputError('--late needs a --deadline')
    if (flags.similar && !isMerging() && !outputs.some(showsTables))
      throw new InputError('--similar adds tables; choose another --format too, such as markdown')
    await checkBookOutputs(outputs, flags.roster)
    checkReachable(minScore, named ?? (await loadCourse()))
    if (folder !== '.')
      throw new InputError('--batch names the folder of submissions; leave the other folder out')
    const { gradeBatch } = await import('../../grading/batch.js')
    const line = new ProgressLine('grading')
    const { deadline: at, late, ...rest } = flags
    const { book, passed } = await gradeBatch({
      ...rest,
      ...(at && { deadline: { at, rate: late } }),
      ...(seed ? { seed } : {}),
      batch: flags.batch,
      exercisesOf,
      ...(minScore ? { isEnough: (score, maxScore) => isEnough(minScore, score, maxScore) } : {}),
      isolation,
      version,
      progress: line.update,
      note,
    }).finally(() => line.clear())
    await writeBook(book, outputs, flags.reveal)
    if (!passed) fail()
    return
  }
  if (flags.similar) throw new InputError('--similar compares the submissions of a --batch; give one')
  const unused = OF_BATCH.find((key) => key in flags)
  if (unused) throw new InputError(`--${unused} needs --batch`)
  const alone = gradeOutputs(outputs)
  const lab = openLab(folder)
  const exercises = await exercisesOf(lab)
  checkReachable(minScore, exercises)
  checkOutputs(lab, [...outputs.flatMap(({ path }) => path ?? []), ...(flags.report ? [flags.report] : [])])
  const line = new ProgressLine('grading')
  const digests = digestsOf(
    lab,
    exercises.map(({ slug }) => slug),
  )
  const grade = await gradeLab(lab, exercises, {
    seed: seed || submissionSeed(lab),
    isolation,
    progress: line.update,
  }).finally(() => line.clear())
  new Progress(lab).noteResults(grade.exercises, digests)
  const shown = revealed(grade, flags.reveal ?? 'cases')
  for (const output of alone) await writeGrade(shown, output, folder, flags.times ?? false)
  if (flags.report) writeWhole(flags.report, renderInstructorReport(grade))
  if (isolation === 'none') note('solutions run without isolation: grade only code that you trust')
  if (outputs.every(({ path }) => path !== undefined))
    write(`${grade.score} of ${countOf(grade.maxScore, 'point')}\n`)
  if (!isEnough(minScore, grade.score, grade.maxScore)) fail()
}

/** Throws InputError for more points than there are. */
function checkReachable(least: Minimum | undefined, exercises: readonly Exercise[]): void {
  const most = pointsOfAll(exercises)
  if (least && !least.isShare && least.amount > most)
    throw new InputError(
      `--min-score must be a number from 0 to ${most}, got ${JSON.stringify(least.written)}`,
    )
}

async function writeGrade(
  grade: Grade,
  { format, path }: Output<GradeFormat>,
  folder: string,
  times: boolean,
): Promise<void> {
  const render = await gradeFormats[format]()
  const page = { width: outputWidth(), paint: await outputPaint() }
  const { plainPaint } = await import('../../report/paint.js')
  const text = render(grade, {
    folder,
    environment: surface().env,
    times,
    surface: path === undefined ? page : { width: 80, paint: plainPaint },
  })
  if (path !== undefined) writeWhole(path, text)
  else (format === 'table' ? write : writeData)(format === 'github' ? text : shielded(text))
}
