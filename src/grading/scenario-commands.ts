import { setTimeout as pause } from 'node:timers/promises'
import { shown } from './cases.js'
import type { CallResult, Solution } from './exercise.js'
import { commandsIn } from './redis-world.js'

/** One call of a solution's function, whose commands are run. */
export interface Step {
  readonly name: string
  readonly parameters: readonly unknown[]
}

export const step = (name: string, ...parameters: unknown[]): Step => ({ name, parameters })

/** A step as one would write the call. */
export const words = ({ name, parameters }: Step) => `${name}(${parameters.map(shown).join(', ')})`

/** What a solution gave for a step: commands, none where there is a problem with them. */
interface Given {
  readonly commands: readonly (readonly string[])[]
  /** Why they can't be run, in a sentence of its own. */
  readonly problem?: string
}

/** The commands for steps, and the functions that give others when they are asked again. */
export interface Commands {
  readonly of: (step: Step) => Given
  readonly varying: readonly string[]
}

/** Milliseconds between two calls: a solution may order by the time of day. */
const APART = 3

/**
 * Asks a solution for the commands of sequences of steps. Questions are asked before anything is said to be written,
 * so that no answer can come from the solution's memory; everything is asked again in the opposite order. A function
 * that gives other commands then is asked for each step in its turn, by a program that was started anew in between:
 * what takes its order from the clock works so, and what counts on its memory doesn't.
 */
export async function commandsFor(
  solution: Solution,
  sequences: readonly (readonly Step[])[],
  questions: ReadonlySet<string>,
): Promise<Commands> {
  const isQuestion = ({ name }: Step) => questions.has(name)
  const inOrder = callsOf(sequences.flat(), isQuestion)
  const first = await askAtOnce(solution, inOrder)
  await pause(APART)
  const again = await askAtOnce(solution, inOrder.reverse())
  const varying = new Set(
    inOrder.filter((one) => !isSame(first.get(callOf(one)), again.get(callOf(one)))).map(({ name }) => name),
  )
  const given = await askInTurn(solution, sequences, isQuestion, ({ name }) => varying.has(name))
  return { of: (one) => given.get(one) ?? first.get(callOf(one))!, varying: [...varying] }
}

/** Asks for the commands of steps only once, questions first: what they cost doesn't depend on their turn. */
export async function commandsAtOnce(
  solution: Solution,
  steps: readonly Step[],
  questions: ReadonlySet<string>,
): Promise<Commands> {
  const given = await askAtOnce(
    solution,
    callsOf(steps, ({ name }) => questions.has(name)),
  )
  return { of: (one) => given.get(callOf(one))!, varying: [] }
}

/** Each call once, questions first. */
function callsOf(steps: readonly Step[], isQuestion: (step: Step) => boolean): Step[] {
  const calls = [...new Map(steps.map((one) => [callOf(one), one])).values()]
  return [...calls.filter(isQuestion), ...calls.filter((one) => !isQuestion(one))]
}

const callOf = ({ name, parameters }: Step) => `${name}${JSON.stringify(parameters)}`
const isSame = (a: Given | undefined, b: Given | undefined) => JSON.stringify(a) === JSON.stringify(b)

/** The commands for calls by what is called, each function's asked at once. */
async function askAtOnce(solution: Solution, calls: readonly Step[]): Promise<Map<string, Given>> {
  const given = new Map<string, Given>()
  for (const name of new Set(calls.map((one) => one.name))) {
    const same = calls.filter((one) => one.name === name)
    const outcomes = await solution.call(
      name,
      same.map(({ parameters }) => parameters),
    )
    for (const [i, one] of same.entries()) given.set(callOf(one), givenBy(one, outcomes[i]))
  }
  return given
}

/** Asks for what varies, by a program that was started anew since what was asked before the last write or question. */
async function askInTurn(
  solution: Solution,
  sequences: readonly (readonly Step[])[],
  isQuestion: (step: Step) => boolean,
  varies: (step: Step) => boolean,
): Promise<Map<Step, Given>> {
  const given = new Map<Step, Given>()
  let hasWritten = true
  for (const steps of sequences) {
    let mayRemember = true
    for (const [at, one] of steps.entries()) {
      if (at > 0 && isQuestion(steps[at - 1]) !== isQuestion(one)) mayRemember = true
      if (!varies(one)) continue
      if (mayRemember && (hasWritten || isQuestion(one))) {
        await solution.restart()
        hasWritten = false
      }
      mayRemember = false
      if (!isQuestion(one)) {
        hasWritten = true
        await pause(APART)
      }
      const [outcome] = await solution.call(one.name, [one.parameters])
      given.set(one, givenBy(one, outcome))
    }
  }
  return given
}

/** What starters return, in one of the ways to write it. */
const isStub = (value: unknown) => ['[["PING"]]', '["PING"]'].includes(JSON.stringify(value))

function givenBy(one: Step, outcome: CallResult): Given {
  if ('value' in outcome && isStub(outcome.value))
    return { commands: [], problem: `${one.name} is not written yet` }
  const commands = 'error' in outcome ? outcome.error : commandsIn(outcome.value)
  return typeof commands === 'string' ? { commands: [], problem: `${words(one)}: ${commands}` } : { commands }
}
