import { Argument, type Command } from 'commander'
import { loadExercises, slugs } from '../../grading/course.js'
import { chosenIsolation, isolationChoices } from '../../grading/isolation/choice.js'
import { reveals } from '../../grading/reveal.js'
import { takeSecret } from '../../grading/secret.js'
import { InputError } from '../../input-error.js'
import { fact } from '../../parallel/division.js'
import { runInParallel } from '../division/divided.js'
import { choice, choices } from '../options/arguments.js'
import { addOptions, type FlagsOf, flag, option } from '../options/declare.js'
import { divisionOptions } from '../options/division.js'
import { givenWords } from '../options/given.js'
import { gradebookOptions } from '../options/gradebook.js'
import { minScoreOption } from '../options/min-score.js'
import { bookFormatNames, type Output, outputOptions } from '../output/grade-outputs.js'
import { surface } from '../surface.js'

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
  exercise: option(
    '<names>',
    'grade these exercises, between commas, or all of the course (default: those of the lab)',
    choices(slugs()),
  ),
  seed: option('<text>', 'seed of the hidden cases (default: CACHELAB_SEED, else a hash of the files)', seed),
  minScore: minScoreOption,
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

function seed(text: string): string {
  if (text === '' || text.length > MAX_SEED_LENGTH) {
    throw new InputError(
      `--seed must be a text of 1 to ${MAX_SEED_LENGTH} characters, got ${JSON.stringify(text.slice(0, 50))}`,
    )
  }
  return text
}

async function run(folder: string, flags: Flags, outputs: readonly Output[]): Promise<void> {
  const { batch } = flags
  const options = {
    ...flags,
    named: flags.exercise && (await loadExercises(flags.exercise)),
    seed: flags.seed ?? takeSecret('CACHELAB_SEED'),
    isolation: await fact('the isolation', () => chosenIsolation(flags.isolation)),
  }
  // Other users of the machine can read a process's arguments.
  if (flags.seed !== undefined) process.title = 'cachelab'
  if (batch !== undefined) {
    const { gradeClass } = await import('../grade/class.js')
    return gradeClass({ ...options, batch, folder }, outputs)
  }
  if (flags.similar) throw new InputError('--similar compares the submissions of a --batch; give one')
  const unused = OF_BATCH.find((key) => key in flags)
  if (unused) throw new InputError(`--${unused} needs --batch`)
  const { gradeOne } = await import('../grade/one-lab.js')
  return gradeOne(folder, options, outputs)
}
