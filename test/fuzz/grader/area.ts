import { join } from 'node:path'
import { loadExercise, slugs } from '../../../src/grading/course.js'
import { type GradeFormat, gradeFormatNames, gradeFormats } from '../../../src/grading/formats/index.js'
import { gradeLab } from '../../../src/grading/grade.js'
import { gradeLimits } from '../../../src/grading/process.js'
import type { Grade } from '../../../src/grading/results.js'
import type { Started } from '../../../src/grading/sandbox.js'
import type { Random } from '../../../src/random/random.js'
import { plainPaint } from '../../../src/report/paint.js'
import { bankOf, type Wrong, wrongOnes } from '../../grading/wrong-ones.js'
import type { Area, Complaint } from '../area.js'
import { pick } from '../command-lines/values.js'
import { type Change, Changes, drawChange } from './changes.js'
import { FakeProgram } from './fake.js'
import { judge } from './rules.js'

/** A wrong solution whose lines are changed on their way to the grader, and one of the checks that it fails. */
export interface Given {
  readonly slug: string
  readonly file: string
  readonly check: string
  readonly format: GradeFormat
  readonly changes: readonly Change[]
}

interface Solutions {
  readonly slug: string
  readonly wrong: readonly Wrong[]
}

let exercises: readonly Solutions[] = []

/** The output is small enough for a flood to reach its limit. */
const limits = { ...gradeLimits, output: 1 << 23 }

async function load(): Promise<void> {
  exercises = slugs().map((slug) => ({
    slug,
    wrong: wrongOnes(slug).filter(({ file }) => file.endsWith('.js')),
  }))
}

function generate(random: Random): Given {
  const { slug, wrong } = pick(random, exercises)
  const { file, fails } = pick(random, wrong)
  return {
    slug,
    file: `wrong/${file}`,
    check: pick(random, fails.split(', ')),
    format: pick(random, gradeFormatNames),
    changes: Array.from({ length: 1 + random.below(3) }, () => drawChange(random)),
  }
}

/** Without one of the changes; one of a single line instead of all, and of an earlier one. */
function* simplify(given: Given): Iterable<Given> {
  const { changes } = given
  for (const i of changes.keys()) if (changes.length > 1) yield { ...given, changes: changes.toSpliced(i, 1) }
  for (const [i, change] of changes.entries()) {
    const simpler = (more: Partial<Change>) => ({
      ...given,
      changes: changes.with(i, { ...change, ...more }),
    })
    if (change.all) yield simpler({ all: false })
    if (change.from > 0) yield simpler({ from: change.from >> 1 })
    if (change.from > 0) yield simpler({ from: change.from - 1 })
  }
}

/** The grade of the one check. */
export async function graded({ slug, file, check, changes }: Given): Promise<Grade> {
  const exercise = await loadExercise(slug)
  const folder = bankOf(slug)
  const changed = new Changes(changes)
  const start = (): Started => {
    const program = new FakeProgram(join(folder, file), (line, id) => changed.of(line, id))
    return {
      name: file,
      child: program as unknown as Started['child'],
      quota: 0,
      kill: () => program.end(),
      clear: () => {},
    }
  }
  return await gradeLab(
    { folder, entries: new Map([[slug, { file }]]) },
    [{ ...exercise, checks: exercise.checks.filter(({ id }) => id === check) }],
    { seed: 'fuzz', limits, isolation: 'none', sandbox: { start, remove: () => {} } },
  )
}

async function run(given: Given): Promise<Complaint[]> {
  const faults: string[] = []
  // A solution may leave promises alone, as in a process of its own, where that ends it.
  const note = (error: unknown) => {
    const { stack = String(error) } = error as Error
    if (!stack.includes(bankOf(given.slug))) faults.push(stack)
  }
  process.on('unhandledRejection', note)
  // Where tests run, reports refuse the words that a solution may print.
  const { NODE_ENV = '' } = process.env
  process.env.NODE_ENV = ''
  try {
    const grade = await graded(given)
    const render = await gradeFormats[given.format]()
    const surface = { width: 80, paint: plainPaint }
    const text = render(grade, { folder: '/lab', environment: {}, times: false, surface })
    await new Promise(setImmediate)
    return judge(given, nameOf(given), grade, text, faults)
  } catch (error) {
    return [{ rule: 'a grade comes', where: nameOf(given), text: String((error as Error).stack) }]
  } finally {
    process.env.NODE_ENV = NODE_ENV
    process.off('unhandledRejection', note)
  }
}

const nameOf = ({ slug, check }: Given): string => `${slug} ${check}`

/** Lines of solutions that a grader hears. */
export const grader: Area<Given> = {
  weight: 1,
  load,
  generate,
  simplify,
  run,
  show: (given) => `npm run fuzz -- --area grader --case '${JSON.stringify(given)}'`,
  asksForMuch: () => false,
  nameOf,
}
