import { Argument, type Command } from 'commander'
import { type Exercise, loadExercise, pointsOf, slugs } from '../../grading/course.js'
import { gradeFormats } from '../../grading/formats/index.js'
import { renderInstructorReport } from '../../grading/formats/instructor.js'
import { type Grade, gradeLab } from '../../grading/grade.js'
import { chosenIsolation, isolationChoices } from '../../grading/isolation/choice.js'
import { openLab } from '../../grading/lab.js'
import { writeWhole } from '../../grading/output.js'
import { revealed, reveals } from '../../grading/reveal.js'
import { takeSecret } from '../../grading/secret.js'
import { submissionSeed } from '../../grading/submission.js'
import { InputError } from '../../input-error.js'
import { formatNames } from '../../report/index.js'
import { choice, choices, decimal } from '../options/arguments.js'
import { addOptions, type FlagsOf, flag, option } from '../options/declare.js'
import {
  checkOutputs,
  checkSummaryOutputs,
  type Output,
  outputOptions,
  shielded,
  writeSummary,
} from '../output/grade-outputs.js'
import { note, outputPaint, outputWidth, ProgressLine, write } from '../output/terminal.js'
import { fail, surface } from '../surface.js'
import { version } from '../version.js'

const MAX_SEED_LENGTH = 200

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
  exercise: option('<names>', 'grade only these exercises, between commas', choices(slugs()), 'all'),
  seed: option('<text>', 'seed of the hidden cases (default: CACHELAB_SEED, else a hash of the files)', seed),
  minScore: option('<points>', 'fewer points give exit code 1 (default: all points)', decimal(0, 1e6)),
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
  batch: option('<folder>', `grade every folder in it; writes ${formatNames.join(', ')}`),
}

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
  return addOptions(command, after).action((folder: string, flags: Flags) => run(folder, flags, outputs()))
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
  const exercises = await Promise.all(flags.exercise.map(loadExercise))
  const minScore = checkedMinimum(flags, exercises)
  const seed = flags.seed ?? takeSecret('CACHELAB_SEED')
  // Other users of the machine can read a process's arguments.
  if (flags.seed !== undefined) process.title = 'cachelab'
  const isolation = chosenIsolation(flags.isolation)
  if (flags.batch !== undefined) {
    if (flags.reveal !== undefined)
      throw new InputError(
        '--reveal does nothing with --batch, which shows points only; --report writes everything',
      )
    checkSummaryOutputs(outputs)
    const { gradeBatch } = await import('../../grading/batch.js')
    const line = new ProgressLine('grading')
    const { summary, passed } = await gradeBatch({
      ...flags,
      ...(seed ? { seed } : {}),
      batch: flags.batch,
      folder,
      exercises,
      isolation,
      version,
      progress: line.update,
      note,
    }).finally(() => line.clear())
    await writeSummary(summary, outputs)
    if (!passed) fail()
    return
  }
  const lab = openLab(folder)
  checkOutputs(lab, [...outputs.flatMap(({ path }) => path ?? []), ...(flags.report ? [flags.report] : [])])
  const line = new ProgressLine('grading')
  const grade = await gradeLab(lab, exercises, {
    seed: seed || submissionSeed(lab),
    isolation,
    progress: line.update,
  }).finally(() => line.clear())
  const shown = revealed(grade, flags.reveal ?? 'cases')
  for (const output of outputs) await writeGrade(shown, output, folder, flags.times ?? false)
  if (flags.report) writeWhole(flags.report, renderInstructorReport(grade))
  if (isolation === 'none') note('solutions run without isolation: grade only code that you trust')
  if (outputs.every(({ path }) => path !== undefined)) write(`${grade.score} of ${grade.maxScore} points\n`)
  if (grade.score < minScore) fail()
}

function checkedMinimum({ minScore }: Flags, exercises: readonly Exercise[]): number {
  const most = exercises.reduce((sum, exercise) => sum + pointsOf(exercise), 0)
  if (minScore !== undefined && minScore > most) {
    throw new InputError(`--min-score must be a number from 0 to ${most}, got "${minScore}"`)
  }
  return minScore ?? most
}

async function writeGrade(
  grade: Grade,
  { format, path }: Output,
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
  else write(format === 'github' ? text : shielded(text))
}
