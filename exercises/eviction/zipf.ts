import { type CaseCheck, checkCases, problemOf, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { topShare } from '../../src/workload/zipf.js'
import { FALSE_ALARM, type Group, type Unlike, unlikeDraws } from './draws.js'

const exponent: CaseCheck<number> = {
  name: 'exponentFor',
  parameters: (count) => [count],
  words: (count) => `${count} keys`,
  smaller: (count) => [5, 10, 20, 50].filter((fewer) => fewer < count),
  next: 'Sum up 1 ÷ k^s for the first fifth and for all keys, and look for the s at which the one is 80 % of the other.',
  wrong(count, value) {
    if (typeof value !== 'number' || !(value > 0)) return `you returned ${shown(value)}, which is no exponent`
    const share = topShare(count, count / 5, value)
    // A share exactly at the bound passes, however it was rounded.
    return Math.abs(share - 0.8) <= 0.001 + 1e-9
      ? undefined
      : `with your exponent ${value.toFixed(4)} the first fifth gets ${(share * 100).toFixed(2)} % of the requests`
  },
}

export async function findsTheExponent(solution: Solution, random: Random): Promise<void> {
  const counts = [5, 100, 10, 1000, 25, 10_000, 5, ...many(4, () => 5 * (3 + random.below(200)))]
  await checkCases(solution, counts, exponent)
}

/** `calls` times the same call, their draws one after the other. */
interface Setting {
  readonly keys: number
  readonly exponent: number
  readonly count: number
  readonly calls: number
}

/**
 * The first cases reveal most mistakes with certainty, so every run reports the same one. More keys get fewer
 * draws: a solution that sums all weights for each draw is slow, but right.
 */
function settingsFor(random: Random): Setting[] {
  const once = (keys: number, exponent: number, count: number): Setting => ({
    keys,
    exponent,
    count,
    calls: 1,
  })
  return [
    once(1, 1, 20),
    once(5, 1, 0),
    once(2, 1, 20_000),
    once(5, 2, 20_000),
    once(10, 0, 20_000),
    once(20, 0.5, 20_000),
    { ...once(20, 1.2, 10_000), calls: 2 },
    // A solution that shuffles each key's exact share gives 0, 0 and 1 in some order.
    { ...once(2, 1, 3), calls: 3000 },
    once(1000, 1, 4000),
    once(10_000, 0.8, 500),
    once(50 + random.below(50), 0.6 + 0.3 * random.next(), 15_000),
    once(50 + random.below(50), 1.1 + 0.5 * random.next(), 15_000),
  ]
}

export async function drawsByZipf(solution: Solution, random: Random): Promise<void> {
  const settings = settingsFor(random)
  for (const setting of settings) {
    const problem = await problemWith(solution, setting, FALSE_ALARM / settings.length)
    if (!problem) continue
    const { keys, exponent, count, calls } = setting
    const times = calls > 1 ? `, asked ${calls} times` : ''
    throw new Failure(
      `zipf(${keys}, ${Number(exponent.toFixed(3))}, ${count})${times}: ${problem}`,
      'Key k has the weight 1 ÷ (k + 1)^exponent; draw by the running sums of the weights, each time with a new random number.',
    )
  }
}

/** The problem without random numbers, because a report must be the same on every run. */
async function problemWith(
  solution: Solution,
  { keys, exponent, count, calls }: Setting,
  chance: number,
): Promise<string | undefined> {
  const outcomes = await solution.call(
    'zipf',
    many(calls, () => [keys, exponent, count]),
  )
  const draws: number[] = []
  for (const outcome of outcomes) {
    const problem = problemOf(outcome, (value) => {
      if (!Array.isArray(value)) return `you returned ${shown(value)}; it must be a list`
      if (value.length !== count) return `your list holds too ${value.length < count ? 'few' : 'many'} keys`
      draws.push(...value)
      return undefined
    })
    if (problem) return problem
  }
  if (draws.some((key) => typeof key !== 'number')) return 'keys must be numbers'
  if (!draws.every((key) => Number.isInteger(key) && key >= 0 && key < keys))
    return keys === 1
      ? 'the only key is 0'
      : `keys are whole numbers from 0 to ${keys - 1}; you draw others too`
  const weights = many(keys, () => 0).map((_, key) => (key + 1) ** -exponent)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const probabilities = weights.map((weight) => weight / total)
  const unlike = unlikeDraws(draws, probabilities, groupsOf(keys), chance)
  return unlike && inWords(unlike, probabilities)
}

/** Each of a few keys; of many, groups each twice as wide as the one before. */
function groupsOf(keys: number): Group[] {
  const groups: Group[] = []
  for (let first = 0; first < keys; first = groups.at(-1)!.end)
    groups.push({ first, end: keys <= 20 ? first + 1 : Math.min(keys, 2 * first + 1) })
  return groups
}

function inWords(unlike: Unlike, probabilities: readonly number[]): string {
  if (unlike.kind === 'again') return 'draws depend on earlier draws, or repeat'
  const { first, end } = unlike.group
  const [what, verb] = first === end - 1 ? [`key ${first}`, 'comes'] : [`keys ${first} to ${end - 1}`, 'come']
  const share = probabilities.slice(first, end).reduce((sum, p) => sum + p, 0)
  return `${what} ${verb} too ${unlike.tooOften ? 'often' : 'rarely'}${unlike.where}; by Zipf’s law it is ${(100 * share).toFixed(1)} % of the draws`
}
