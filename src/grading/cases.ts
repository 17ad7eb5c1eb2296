import { Failure, type Outcome, type Solution } from './exercise.js'

/** A question to a solution for inputs of one kind, and how to judge the answer. */
export interface CaseCheck<T> {
  /** The function that is asked. */
  readonly name: string
  parameters(input: T): readonly unknown[]
  /** What is wrong with an answer, in a sentence that begins with "you"; undefined if it is right. */
  wrong(input: T, value: unknown): string | undefined
  /** The input in words: `capacity 2, requests A B A C`. */
  words(input: T): string
  /** Smaller inputs to try instead of one that failed, the smallest first. */
  smaller(input: T): readonly T[]
  readonly next: string
}

/** How often a failing input is made smaller, at most: each crash costs the start of a process. */
const MOST_ROUNDS = { wrong: 60, error: 6 }

interface Failing<T> {
  readonly input: T
  readonly problem: string
  readonly isError: boolean
}

/** Asks for every input at once; where one is answered wrongly, finds a small one that still is, and fails with it. */
export async function checkCases<T>(
  solution: Solution,
  inputs: readonly T[],
  check: CaseCheck<T>,
): Promise<void> {
  const found = await firstWrong(solution, inputs, check)
  if (!found) return
  let failing: Failing<T> = found
  const rounds = failing.isError ? MOST_ROUNDS.error : MOST_ROUNDS.wrong
  for (let round = 0; round < rounds; round++) {
    // What is known already is worth more than a limit that is met while looking for less.
    const smaller = await someSmaller(solution, failing.input, check).catch(() => undefined)
    if (!smaller) break
    failing = smaller
  }
  throw new Failure(`${check.words(failing.input)}: ${failing.problem}`, check.next)
}

/** How many smaller inputs are asked for at once: those behind the first that fails are for nothing. */
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
  const outcomes = await solution.call(
    check.name,
    inputs.map((input) => check.parameters(input)),
  )
  const [first] = outcomes
  if ('error' in first && outcomes.every((outcome) => 'error' in outcome && outcome.error === first.error)) {
    // It has nothing to do with the case.
    if (outcomes.length > 1) throw new Failure(first.error, check.next)
  }
  for (const [i, input] of inputs.entries()) {
    const outcome = outcomes[i]
    const problem = problemOf(outcome, (value) => check.wrong(input, value))
    if (problem !== undefined) return { input, problem, isError: 'error' in outcome }
  }
  return undefined
}

/** What is wrong with what a call came to. */
export function problemOf(
  outcome: Outcome,
  wrong: (value: unknown) => string | undefined,
): string | undefined {
  return 'error' in outcome ? outcome.error : wrong(outcome.value)
}

const LONGEST = 160

/** A value as a learner reads it, not longer than two lines. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

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
