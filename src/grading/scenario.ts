import type { Random } from '../random/random.js'
import type { Plain } from '../redis/present.js'
import { work } from '../redis/values/work.js'
import { shrink } from '../simulation/shrink.js'
import { shown } from './cases.js'
import { type Check, Failure, type Solution } from './exercise.js'
import { commandsIn, RedisWorld, written } from './redis-world.js'

/** One call of a solution's function, whose commands are run. */
export interface Step {
  readonly name: string
  readonly parameters: readonly unknown[]
}

/** What the last reply of a step's commands must say: what is wrong with it, or nothing. */
export type Expectation = (reply: Plain) => string | undefined

/** Plays steps on plain data; gives what a question must be answered, and nothing for a step that only writes. */
export type Model = (step: Step) => Expectation | undefined

type Commands = readonly (readonly string[])[]

export const step = (name: string, ...parameters: unknown[]): Step => ({ name, parameters })

/** Items to look at while a shorter sequence is sought. */
const MOST_SHRINKING = 50_000_000

/** Asks a solution for the commands of every step, each function's at once, and the same call only once. */
async function commandsOf(
  solution: Solution,
  steps: readonly Step[],
  next: string,
): Promise<Map<Step, Commands>> {
  const answers = new Map<Step, Commands>()
  for (const [name, same] of groupBy(steps, (one) => one.name)) {
    const calls = [...groupBy(same, ({ parameters }) => JSON.stringify(parameters)).values()]
    const outcomes = await solution.call(
      name,
      calls.map(([first]) => first.parameters),
    )
    for (const [i, outcome] of outcomes.entries()) {
      const commands = 'error' in outcome ? outcome.error : commandsIn(outcome.value)
      if (typeof commands === 'string') throw new Failure(`${words(calls[i][0])}: ${commands}`, next)
      for (const one of calls[i]) answers.set(one, commands)
    }
  }
  return answers
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/**
 * Runs the commands that a solution gives for steps, in their order on one store, and compares what questions are
 * answered with a model. Fails with the shortest sequence of steps that shows what is wrong.
 */
async function playScenario(
  solution: Solution,
  steps: readonly Step[],
  createModel: () => Model,
  next: string,
): Promise<void> {
  const commands = await commandsOf(solution, steps, next)
  const problemIn = (played: readonly Step[]) => firstProblem(played, commands, createModel())
  if (problemIn(steps) === undefined) return
  const until = work.steps + MOST_SHRINKING
  const shortest = shrink(
    steps,
    (fewer) => work.steps < until && problemIn(fewer) !== undefined,
    () => [],
    2000,
  )
  const { at, problem } = problemIn(shortest)!
  const before = shortest.slice(0, at).map(words)
  const ran = written(commands.get(shortest[at]) ?? [])
  const after = before.length > 0 ? `after ${before.join(', ')}: ` : ''
  throw new Failure(`${after}${words(shortest[at])} ran ${ran}: ${problem}`, next)
}

const WORLDS = 3

/** A check that plays steps in several worlds. */
export function scenarioCheck(
  facts: Pick<Check, 'id' | 'title' | 'points'>,
  steps: (random: Random) => readonly Step[],
  createModel: () => Model,
  next: string,
): Check {
  return {
    ...facts,
    run: async (solution, random) => {
      for (let world = 0; world < WORLDS; world++)
        await playScenario(solution, steps(random), createModel, next)
    },
  }
}

function firstProblem(
  steps: readonly Step[],
  commands: ReadonlyMap<Step, Commands>,
  model: Model,
): { at: number; problem: string } | undefined {
  const world = new RedisWorld()
  for (const [at, one] of steps.entries()) {
    const expected = model(one)
    const ran = world.run(commands.get(one) ?? [])
    const problem = typeof ran === 'string' ? ran : expected?.(ran.reply)
    if (problem !== undefined) return { at, problem }
  }
  return undefined
}

const words = ({ name, parameters }: Step) => `${name}(${parameters.map(shown).join(', ')})`

/** How much more a step may look at in a large world than in a small one: O(log N) grows less. */
const MOST_GROWTH = 3
/** What a few links more or less come to. */
const SLACK = 40

/** A world of a given size, and the same questions to it whatever the size. */
export interface Growing {
  build(size: number): readonly Step[]
  readonly asked: readonly Step[]
  readonly sizes: readonly [small: number, large: number]
  /** What grows, in the plural. */
  readonly items: string
}

/** Fails where a step looks at more and more as the world grows. */
export async function checkGrowth(
  solution: Solution,
  { build, asked, sizes, items }: Growing,
  next: string,
): Promise<void> {
  const costs: number[][] = []
  for (const size of sizes) {
    const built = build(size)
    const commands = await commandsOf(solution, [...built, ...asked], next)
    const world = new RedisWorld()
    for (const one of built) world.run(commands.get(one) ?? [])
    costs.push(asked.map((one) => costOf(world, one, commands, next)))
  }
  const [small, large] = costs
  for (const [i, one] of asked.entries()) {
    if (large[i] <= MOST_GROWTH * small[i] + SLACK) continue
    throw new Failure(
      `${words(one)} looks at ${small[i]} items where there are ${sizes[0]} ${items}, and at ${large[i]} where there are ${sizes[1]}: it grows with all that is stored`,
      next,
    )
  }
}

function costOf(world: RedisWorld, one: Step, commands: ReadonlyMap<Step, Commands>, next: string): number {
  const ran = world.run(commands.get(one) ?? [])
  if (typeof ran === 'string') throw new Failure(`${words(one)}: ${ran}`, next)
  return ran.steps
}

/** The reply must be these texts, in any order or in this one. */
export function isList(expected: readonly string[], isOrdered = false): Expectation {
  const arranged = (items: readonly string[]) => JSON.stringify(isOrdered ? items : [...items].sort())
  return (reply) => {
    if (!Array.isArray(reply) || reply.some((item) => typeof item !== 'string'))
      return `its last reply is ${shown(reply)}; it must be a list of names`
    return arranged(reply as string[]) === arranged(expected)
      ? undefined
      : `it answered ${shown(isOrdered ? reply : [...(reply as string[])].sort())}; it is ${shown(isOrdered ? expected : [...expected].sort())}`
  }
}

/** Nothing, 0 and an empty list are a no; all else is a yes. */
export function isYes(expected: boolean): Expectation {
  return (reply) => {
    const yes = !(
      reply === null ||
      reply === 0 ||
      (Array.isArray(reply) && reply.every((item) => item === null))
    )
    return yes === expected
      ? undefined
      : `it answered ${shown(reply)}, which is a ${yes ? 'yes' : 'no'}; it is a ${expected ? 'yes' : 'no'}`
  }
}

/** The reply must be this number, also as a text. */
export function isNumber(expected: number): Expectation {
  return (reply) =>
    (typeof reply === 'number' || typeof reply === 'string') && reply !== '' && Number(reply) === expected
      ? undefined
      : `it answered ${shown(reply)}; it is ${expected}`
}

/** The reply must be this text; a list counts by its last item, as BLPOP answers with the key before. */
export function isText(expected: string | null): Expectation {
  return (reply) => {
    const text = Array.isArray(reply) ? (reply.at(-1) ?? null) : reply
    return text === expected ? undefined : `it answered ${shown(reply)}; it is ${shown(expected)}`
  }
}
