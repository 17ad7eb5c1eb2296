import { type CaseCheck, problemOf } from '../../src/grading/cases.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { caseWords, edgeCases, inRounds, largest, smallCases, smallerCases } from './cache-cases.js'
import { type CacheCase, exactStepsIn, impossible } from './model.js'
import { steadily } from './policies.js'

const next =
  'A request for a key inside is a hit. At a miss in a full cache one key leaves; at any other request none does. Each call begins with an empty cache.'

const parametersOf = ({ policy, capacity, requests }: CacheCase) => [policy, capacity, requests]

const possible: CaseCheck<CacheCase> = {
  name: 'simulate',
  parameters: parametersOf,
  words: (input) => `${input.policy.toUpperCase()}, ${caseWords(input)}`,
  smaller: smallerCases,
  next,
  wrong(input, value) {
    const steps = exactStepsIn(value, input.requests.length)
    return typeof steps === 'string' ? steps : impossible(input, steps)?.detail
  },
}

/** What holds for every policy, judged by the solution's own evictions. */
export async function keepsWithinRoom(solution: Solution, random: Random): Promise<void> {
  const inputs = (['lru', 'lfu'] as const).flatMap((policy) => [
    ...edgeCases(policy),
    ...smallCases(policy, 20, random),
    largest(policy, random),
  ])
  await steadily(solution, inputs, possible)
  await randomKeepsWithinRoom(solution, random)
  await answersAlike(solution, random)
}

/** Calls for each case, enough to observe rare results of Random. */
const TIMES = 40

/** The message without random keys or numbers, because a report must be the same on every run. */
async function randomKeepsWithinRoom(solution: Solution, random: Random): Promise<void> {
  for (const inputs of [edgeCases('random'), smallCases('random', 4, random)]) {
    const asked = inputs.flatMap((input) => Array.from({ length: TIMES }, () => input))
    const outcomes = await solution.call('simulate', asked.map(parametersOf))
    for (const [i, input] of inputs.entries()) {
      const problems = outcomes
        .slice(i * TIMES, (i + 1) * TIMES)
        .map((outcome) => problemOf(outcome, (value) => wrongAtAll(input, value)))
        .filter((problem) => problem !== undefined)
      const [first] = problems.sort()
      if (first) throw new Failure(`RANDOM, ${caseWords(input)}: ${first}`, next)
    }
  }
}

function wrongAtAll(input: CacheCase, value: unknown): string | undefined {
  const steps = exactStepsIn(value, input.requests.length)
  return typeof steps === 'string' ? 'a step of yours has the wrong form' : impossible(input, steps)?.what
}

/** Questions that a memory might mix up: the same but for the policy, the capacity or the order of the requests. */
const ALIKE: readonly CacheCase[] = ['A A B C A', 'B A A C A', 'A B A C A', 'A C B A A']
  .map((keys) => keys.split(' '))
  .flatMap((requests) =>
    [2, 3, 1].flatMap((capacity) =>
      (['lru', 'lfu'] as const).map((policy) => ({ policy, capacity, requests })),
    ),
  )

/** Asks in one order and, in a new process, in the other. Chance is not taken for memory. */
async function answersAlike(solution: Solution, random: Random): Promise<void> {
  const forwards = await ask(solution, ALIKE)
  const backwards = (await askAnew(solution, [...ALIKE].reverse())).reverse()
  const differing = ALIKE.filter((_, i) => forwards[i] !== backwards[i])
  for (const policy of ['lru', 'lfu'] as const) {
    const [first] = differing.filter((input) => input.policy === policy)
    if (!first) continue
    const long = [inRounds(policy, 4, 60, random)]
    const [once] = await askAnew(solution, long)
    const [again] = await askAnew(solution, long)
    if (once !== again) continue
    throw new Failure(
      `${possible.words(first)}: your answer depends on what was asked before`,
      'Answer from the arguments alone: nothing may be kept from one call to the next.',
    )
  }
}

async function askAnew(solution: Solution, inputs: readonly CacheCase[]): Promise<string[]> {
  await solution.restart()
  return await ask(solution, inputs)
}

async function ask(solution: Solution, inputs: readonly CacheCase[]): Promise<string[]> {
  const outcomes = await solution.call('simulate', inputs.map(parametersOf))
  return outcomes.map((outcome) => JSON.stringify(outcome))
}
