import { type CallResult, Failure, type Solution } from './exercise.js'
import { writeLoosely } from './loose-json.js'

/** A call: a function of the solution and its arguments. */
export interface Question {
  readonly name: string
  readonly parameters: readonly unknown[]
}

/** A question to a solution for inputs of one kind, and how to judge the answer. */
export interface CaseCheck<T> {
  /** The function that is asked. */
  readonly name: string
  parameters(input: T): readonly unknown[]
  /**
   * Questions whose answers the judgement relies on, so that a slip in one function is paid for once: `moved` is
   * right where it follows from what the solution's own `locate` answers. They are asked first.
   */
  relies?(input: T): readonly Question[]
  /**
   * What is wrong with an answer, in a sentence that begins with "you"; undefined if it is right. `relied` holds the
   * answers to `relies`, in its order.
   */
  wrong(input: T, value: unknown, relied: readonly unknown[]): string | undefined
  /** The input in words: `capacity 2, requests A B A C`. */
  words(input: T): string
  /** Smaller inputs to try instead of one that failed, the smallest first; only such as the check is about. */
  smaller(input: T): readonly T[]
  readonly next: string
}

/** How often a failing input is made smaller, at most: each crash costs the start of a process. */
const MAX_ROUNDS = { wrong: 60, error: 6 }

interface Failing<T> {
  readonly input: T
  readonly problem: string
  readonly isError: boolean
}

/**
 * Asks for every input in one process, in order. After a wrong answer, looks for a smaller input that still fails, and
 * throws with that. An answer that is wrong only after other calls is reported as such.
 */
export async function checkCases<T>(
  solution: Solution,
  inputs: readonly T[],
  check: CaseCheck<T>,
): Promise<void> {
  const found = await firstWrong(solution, inputs, check)
  if (!found) return
  const alone = await askAlone(solution, [found.input], check)
  if (!alone) throw await remembered(solution, inputs, found, check)
  const failing = await smallest(solution, alone, check)
  throw new Failure(`${check.words(failing.input)}: ${failing.problem}`, check.next)
}

/** Asks in a new process. */
async function askAlone<T>(
  solution: Solution,
  inputs: readonly T[],
  check: CaseCheck<T>,
): Promise<Failing<T> | undefined> {
  await solution.restart()
  return firstWrong(solution, inputs, check)
}

async function smallest<T>(solution: Solution, alone: Failing<T>, check: CaseCheck<T>): Promise<Failing<T>> {
  let failing = alone
  const rounds = failing.isError ? MAX_ROUNDS.error : MAX_ROUNDS.wrong
  for (let round = 0; round < rounds; round++) {
    // The known failure is worth more than a limit that is met while looking for a smaller one.
    const smaller = await someSmaller(solution, failing.input, check).catch(() => undefined)
    if (!smaller) break
    failing = smaller
  }
  if (failing === alone) return alone
  // A solution that keeps state may fail here because of the calls in between.
  return (await askAlone(solution, [failing.input], check).catch(() => undefined)) ?? alone
}

/** How many earlier inputs are tried as the cause. */
const MAX_BEFORE = 12

/** Why an input fails only after others: with the earlier input that causes it, if one of the last few does. */
async function remembered<T>(
  solution: Solution,
  inputs: readonly T[],
  { input, problem }: Failing<T>,
  check: CaseCheck<T>,
): Promise<Failure> {
  const next = 'Answer from the arguments alone: nothing may be kept from one call to the next.'
  const alone = 'Asked alone, in a new process, it is right'
  const before = inputs.slice(0, inputs.indexOf(input))
  for (const other of before.reverse().slice(0, MAX_BEFORE)) {
    const failing = await askAlone(solution, [other, input], check)
    if (failing?.input !== input) continue
    return new Failure(
      `${check.words(other)}; then ${check.words(input)}: ${failing.problem}. ${alone}`,
      next,
    )
  }
  return new Failure(`${check.words(input)}, after other calls: ${problem}. ${alone}`, next)
}

/** How many smaller inputs are asked at once; answers after the first failure are wasted. */
const BATCH = 12

async function someSmaller<T>(
  solution: Solution,
  input: T,
  check: CaseCheck<T>,
): Promise<Failing<T> | undefined> {
  const candidates = check.smaller(input)
  for (let at = 0; at < candidates.length; at += BATCH) {
    const failing = await firstWrong(solution, candidates.slice(at, at + BATCH), check)
    if (failing) return failing
  }
  return undefined
}

async function firstWrong<T>(
  solution: Solution,
  inputs: readonly T[],
  check: CaseCheck<T>,
): Promise<Failing<T> | undefined> {
  if (inputs.length === 0) return undefined
  const relied = await answersTo(
    solution,
    inputs.map((input) => check.relies?.(input) ?? []),
  )
  const outcomes = await solution.call(
    check.name,
    inputs.map((input) => check.parameters(input)),
  )
  const [first] = outcomes
  if ('error' in first && outcomes.every((outcome) => 'error' in outcome && outcome.error === first.error)) {
    // All inputs fail with the same error: it has nothing to do with one of them.
    const isOfFile = first.error.includes("can't be loaded")
    const problem = isOfFile ? first.error : `${check.name}: ${first.error}`
    if (outcomes.length > 1) throw new Failure(problem, check.next)
  }
  for (const [i, input] of inputs.entries()) {
    const failed = relied[i].find((outcome) => 'error' in outcome)
    const outcome = failed ?? outcomes[i]
    const values = relied[i].map((one) => ('value' in one ? one.value : undefined))
    const problem = problemOf(outcome, (value) => check.wrong(input, value, values))
    if (problem !== undefined) return { input, problem, isError: 'error' in outcome }
  }
  return undefined
}

/** The answers to lists of questions; all questions to one function are sent together. */
async function answersTo(
  solution: Solution,
  lists: readonly (readonly Question[])[],
): Promise<readonly CallResult[][]> {
  const answers: CallResult[][] = lists.map(() => [])
  const asked = lists.flatMap((questions, list) =>
    questions.map((question, place) => ({ ...question, list, place })),
  )
  for (const name of new Set(asked.map((question) => question.name))) {
    const same = asked.filter((question) => question.name === name)
    const outcomes = await solution.call(
      name,
      same.map(({ parameters }) => parameters),
    )
    for (const [i, { list, place }] of same.entries()) answers[list][place] = outcomes[i]
  }
  return answers
}

export function problemOf(
  outcome: CallResult,
  wrong: (value: unknown) => string | undefined,
): string | undefined {
  return 'error' in outcome ? outcome.error : wrong(outcome.value)
}

const LONGEST = 160

/** A value as a learner reads it, not longer than two lines; NaN and Infinity too. */
export function shown(value: unknown): string {
  return brief(writeLoosely(value) ?? 'nothing')
}

/** A text that is not longer than two lines, or than so many characters. */
export const brief = (text: string, longest = LONGEST): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text

/** What is wrong with a number that should have been another; `precision` is how far off it may be. */
export function wrongNumber(value: unknown, expected: number, precision = 1e-9): string | undefined {
  if (typeof value !== 'number') return `you returned ${shown(value)}, which is not a number`
  return Math.abs(value - expected) <= precision
    ? undefined
    : `you returned ${shown(value)}; it is ${shown(expected)}`
}

/** A list without one of its items, each in turn; a long list is halved first. */
export function shorter<T>(items: readonly T[], least = 0): T[][] {
  if (items.length <= least) return []
  const half = Math.max(least, items.length >> 1)
  const halves = items.length > 8 ? [items.slice(0, half), items.slice(items.length - half)] : []
  const singles = items.length > 64 ? [] : items.map((_, i) => items.filter((_, at) => at !== i))
  return [...halves, ...singles]
}
