import type { Random } from '../random/random.js'
import { work } from '../redis/values/work.js'
import { shrink } from '../simulation/shrink.js'
import { shown } from './cases.js'
import { type Check, Failure } from './exercise.js'
import { type Answer, RedisWorld, written } from './redis-world.js'
import { type Commands, commandsFor, type Step, words } from './scenario-commands.js'

/** Plays steps on plain data. Says what a reply must be where it isn't: `it is 3`; nothing for a step that only writes. */
export type Model = (step: Step, reply: Answer) => string | undefined

/** What a step came to: its last reply, or the error that one of its commands answered. */
export type Came = { readonly reply: Answer } | { readonly error: string }

/** Runs the commands of steps on a store of their own, each when it is asked for. */
export type Run = (steps: readonly Step[]) => Iterable<Came>

interface Problem {
  readonly steps: readonly Step[]
  /** The step that shows it. */
  readonly at: number
  /** What the solution's commands answered. */
  readonly said: string
  /** What they should have, in words that are the same whatever was answered. */
  readonly wanted: string
}

/** Finds the first problem with steps. */
export type Judge = (steps: readonly Step[], run: Run) => Problem | undefined

/**
 * Time between steps, in milliseconds. Data that expires after seconds is gone when it is asked for; sessions that
 * expire after hours, as is usual, stay.
 */
const PAUSE = 10_000

export const runOf = (commands: Commands, apart = 0): Run =>
  function* (steps) {
    const world = new RedisWorld()
    for (const one of steps) {
      world.pass(apart)
      const { problem, commands: own } = commands.of(one)
      const ran = problem ?? world.run(own)
      yield typeof ran === 'string' ? { error: ran } : { reply: ran.reply }
    }
  }

/** The problem for a step that ended with an error. */
export const failed = (steps: readonly Step[], at: number, error: string): Problem => ({
  steps,
  at,
  said: error,
  wanted: 'it must not be an error',
})

/** Judges by a model of what is right. */
function judgeBy(createModel: () => Model): Judge {
  return (steps, run) => {
    const model = createModel()
    let at = 0
    for (const came of run(steps)) {
      if ('error' in came) return failed(steps, at, came.error)
      const wanted = model(steps[at], came.reply)
      if (wanted) return { steps, at, said: `it answered ${shown(came.reply)}`, wanted }
      at++
    }
    return undefined
  }
}

/** The functions that work: their commands run, and some question gets another answer than on an empty store. */
export function working(
  sequences: readonly (readonly Step[])[],
  commands: Commands,
  questions: ReadonlySet<string>,
): Set<string> {
  const names = new Set<string>()
  const broken = new Set<string>()
  const run = runOf(commands)
  for (const steps of sequences) {
    const asked = steps.filter(({ name }) => questions.has(name))
    const onEmpty = run(asked)[Symbol.iterator]()
    let at = 0
    for (const came of run(steps)) {
      const one = steps[at++]
      const isQuestion = questions.has(one.name)
      const before = isQuestion ? (onEmpty.next().value as Came) : undefined
      if (commands.of(one).problem !== undefined || (isQuestion && 'error' in came)) broken.add(one.name)
      else if (JSON.stringify(came) !== JSON.stringify(before)) names.add(one.name)
    }
  }
  for (const name of broken) names.delete(name)
  return names
}

/** Items to look at while a shorter sequence is sought. */
const MAX_SHRINKING = 50_000_000
const MAX_TRIES = 2000

/** Fails with the shortest sequence that shows what is wrong; all steps that must be kept stay in it, untold. */
export function judgeSteps(
  steps: readonly Step[],
  commands: Commands,
  judge: Judge,
  next: string,
  isKept: (step: Step) => boolean = () => false,
): void {
  const run = runOf(commands, PAUSE)
  if (!judge(steps, run)) return
  const until = work.steps + MAX_SHRINKING
  const withKept = (fewer: readonly Step[]) => {
    const some = new Set(fewer)
    return steps.filter((one) => isKept(one) || some.has(one))
  }
  const shortest = shrink(
    steps.filter((one) => !isKept(one)),
    (fewer) => work.steps < until && judge(withKept(fewer), run) !== undefined,
    () => [],
    MAX_TRIES,
  )
  throw new Failure(told(judge(withKept(shortest), run)!, commands, isKept), next)
}

function told(
  { steps, at, said, wanted }: Problem,
  commands: Commands,
  isKept: (step: Step) => boolean,
): string {
  const before = steps.slice(0, at).filter((one) => !isKept(one))
  const after = before.length > 0 ? `after ${before.map(words).join(', ')}: ` : ''
  const { problem, commands: own } = commands.of(steps[at])
  if (problem !== undefined) return problem
  // Commands that vary differ from run to run, and reports must not.
  if (commands.varying.length > 0)
    return `${after}${words(steps[at])}: ${wanted}. Asked again, ${commands.varying.join(', ')} gave other commands`
  return `${after}${words(steps[at])} ran ${written(own)}: ${said}; ${wanted}`
}

interface ScenarioCheck extends Pick<Check, 'id' | 'title' | 'points'> {
  /** Sequences to play, each on a store of its own. */
  sequences(random: Random): readonly (readonly Step[])[]
  /** The functions whose answers are looked at. */
  readonly questions: ReadonlySet<string>
  createModel(): Model
  /** Questions whose own answers the model relies on: they are left out where they don't work. */
  readonly relies?: ReadonlySet<string>
  readonly next: string
}

/** A check that plays steps and compares what they answer with a model. */
export function scenarioCheck(check: ScenarioCheck): Check {
  const { id, title, points, questions, next } = check
  const relies = check.relies ?? new Set()
  return {
    id,
    title,
    points,
    run: async (solution, random) => {
      // The same call can come twice; each is a step of its own.
      const all = check.sequences(random).map((steps) => steps.map((one) => ({ ...one })))
      const commands = await commandsFor(solution, all, questions)
      const works = working(all, commands, questions)
      for (const steps of all) {
        const played = steps.filter(({ name }) => !relies.has(name) || works.has(name))
        throwUnfit(played, commands, next)
        if (!played.some(({ name }) => questions.has(name))) throw nothingShows(next)
        judgeSteps(played, commands, judgeBy(check.createModel), next, ({ name }) => relies.has(name))
      }
    },
  }
}

export const nothingShows = (next: string) =>
  new Failure('no answer is another than on an empty store, whatever was written', next)

/** Fails where commands can't be run. */
export function throwUnfit(steps: readonly Step[], commands: Commands, next: string): void {
  const unfit = steps.map((one) => commands.of(one).problem).find((problem) => problem !== undefined)
  if (unfit !== undefined) throw new Failure(unfit, next)
}
