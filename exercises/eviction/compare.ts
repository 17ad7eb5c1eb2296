import { type CaseCheck, shown, wrongNumber } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import { type CallResult, Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { caseWords, edgeCases, skewed, smallCases, smallerCases } from './cache-cases.js'
import { FALSE_ALARM } from './draws.js'
import { type CacheCase, hitRatio, type Policy, type Step, stepsIn, stepsOf } from './model.js'
import { steadily } from './policies.js'

const next = 'Count the hits of each policy, and divide by the number of requests.'

const simulated = (policy: Policy, { capacity, requests }: CacheCase) => [policy, capacity, requests]

const FEW = 20

/** The steps of the solution's own `simulate`, where they are fit to count on: of many requests some hit, some don't. */
function sound(answer: unknown, { requests }: CacheCase): readonly Step[] | undefined {
  const steps = stepsIn(answer, requests.length)
  if (typeof steps === 'string') return undefined
  return steps.length <= FEW || new Set(steps.map(({ hit }) => hit)).size === 2 ? steps : undefined
}

/** LRU's and LFU's ratios: the right ones, or those of the solution's own `simulate`. */
const certainly: CaseCheck<CacheCase> = {
  name: 'compare',
  parameters: ({ capacity, requests }) => [capacity, requests],
  relies: (input) =>
    (['lru', 'lfu'] as const).map((policy) => ({ name: 'simulate', parameters: simulated(policy, input) })),
  words: caseWords,
  smaller: smallerCases,
  next,
  wrong(input, value, relied) {
    const ratios = value as Record<string, unknown> | null
    if (typeof ratios !== 'object' || ratios === null)
      return `you returned ${shown(value)}; it must be like {"lru": 0.5, "lfu": 0.5, "random": 0.5}`
    for (const [i, policy] of (['lru', 'lfu'] as const).entries()) {
      const own = sound(relied[i], input)
      if (own && wrongNumber(ratios[policy], hitRatio(own)) === undefined) continue
      const problem = wrongNumber(ratios[policy], hitRatio(stepsOf(policy, input)))
      if (problem) return `${policy}: ${problem}`
    }
    return undefined
  },
}

interface Bounds {
  readonly low: number
  readonly high: number
}

interface RandomCase extends CacheCase {
  /** Bounds of Random's hit ratio. */
  readonly bounds: Bounds
  readonly words: string
}

/** Random's hits are certain where everything fits, everything is new, or no two keys fit. */
function certain(random: Random): RandomCase[] {
  const lists: [number, string[]][] = [
    [1, ['A']],
    [1, [...'ABAB']],
    [1, [...'AABBBA']],
    [2, many(5 + random.below(20), () => 'A')],
    [4, many(20, () => 0).map((_, i) => `user:${i}`)],
    [6, many(40, () => `user:${random.below(6)}`)],
    [100, many(50, () => `user:${random.below(20)}`)],
  ]
  return lists.map(([capacity, requests]) => {
    const input: CacheCase = { policy: 'random', capacity, requests }
    const ratio = hitRatio(stepsOf('lru', input))
    return { ...input, bounds: { low: ratio, high: ratio }, words: caseWords(input) }
  })
}

/**
 * One key more than fits, in turn: A A B C … A B C …, where LRU and LFU hit only once. All but one key are inside, and
 * a miss is a request for the one outside. Of those inside Random evicts any, so that the next miss comes after 1 to
 * `capacity` requests, each number with the same chance: the misses are a renewal process.
 */
function inTurn(capacity: number, rounds: number): RandomCase {
  const keys = many(capacity + 1, () => 0).map((_, i) => String.fromCharCode(65 + i))
  const requests = [keys[0], ...many(rounds, () => keys).flat()]
  const bounds = boundsInTurn(capacity, requests.length)
  const input: CacheCase = { policy: 'random', capacity, requests }
  return {
    ...input,
    bounds,
    words: `capacity ${capacity}, requests ${keys[0]} and then ${rounds} times ${keys.join(' ')}`,
  }
}

/** Number of comparisons of Random's ratios: three lists of keys, each with an upper and a lower bound. */
const CHANCE = FALSE_ALARM / 6

/**
 * `capacity` + 1 misses come first, within capacity + 2 requests; N follow in the R requests that are left. The m-th
 * is after S requests, a sum of m numbers from 1 to c with the mean µ = (c + 1)/2, and N ≥ m exactly if S ≤ R. By
 * Hoeffding's inequality (1963) S is off mµ by t to one side with a probability of at most exp(−2t² ÷ (m(c − 1)²)),
 * which is CHANCE at t = (c − 1) √(mL/2) with L = ln(1 ÷ CHANCE).
 */
function boundsInTurn(capacity: number, requests: number): Bounds {
  const left = requests - capacity - 2
  const off = (misses: number) => (capacity - 1) * Math.sqrt((misses * Math.log(1 / CHANCE)) / 2)
  const mean = (misses: number) => (misses * (capacity + 1)) / 2
  let most = 0
  while (mean(most) - off(most) <= left) most++
  let least = most
  while (least > 0 && mean(least) + off(least) > left) least--
  const ratio = (misses: number) => 1 - (misses + capacity + 1) / requests
  return { low: ratio(most), high: ratio(least) }
}

/** Calls of the solution's own Random for each case. */
const OWN = 3

/**
 * Random's ratio lies within its bounds, or is near that of the solution's own `simulate`: a mistake in
 * `simulate` costs points only in its own checks. Messages contain no number of the solution's, because it differs
 * from run to run.
 */
async function comparesRandom(solution: Solution, random: Random): Promise<void> {
  const inputs = [...certain(random), inTurn(2, 400), inTurn(5, 250), inTurn(10, 300)]
  const own = await solution.call(
    'simulate',
    inputs.flatMap((input) => many(OWN, () => simulated('random', input))),
  )
  const outcomes = await solution.call('compare', inputs.map(certainly.parameters))
  for (const [i, input] of inputs.entries()) {
    const outcome = outcomes[i]
    const { low, high } = input.bounds
    const problem =
      'error' in outcome
        ? outcome.error
        : wrongRandom(outcome.value, input, own.slice(i * OWN, (i + 1) * OWN))
    if (!problem) continue
    const expected =
      low === high
        ? `it is ${shown(low)} for any choice of the evicted keys`
        : `it is about ${((low + high) / 2).toFixed(1)}`
    throw new Failure(`${input.words}: random: ${problem}; ${expected}`, next)
  }
}

function wrongRandom(value: unknown, input: RandomCase, own: readonly CallResult[]): string | undefined {
  const ratio = (value as Record<string, unknown> | null)?.random
  if (typeof ratio !== 'number') return 'you return no number'
  const { low, high } = input.bounds
  if (ratio >= low - 1e-9 && ratio <= high + 1e-9) return undefined
  const ratios = own.flatMap((outcome) => {
    const steps = 'value' in outcome ? sound(outcome.value, input) : undefined
    return steps ? [hitRatio(steps)] : []
  })
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)]
  // By how much two ratios of a policy that draws may differ; one that doesn't draw leaves no room.
  const room = most > least ? high - low : 1e-9
  if (ratios.length === OWN && ratio >= least - room && ratio <= most + room) return undefined
  return `your ratio is too ${ratio > high ? 'high' : 'low'}`
}

export async function comparesHitRatios(solution: Solution, random: Random): Promise<void> {
  const inputs = [
    ...edgeCases('lru').filter(({ requests }) => requests.length > 0),
    ...smallCases('lru', 20, random),
    // Many hits, with room to spare: a simulation that sees none is not one to count on.
    { policy: 'lru' as const, capacity: 5, requests: many(8, () => [...'ABC']).flat() },
    skewed('lru', 20, 80, 1000, random),
  ]
  await steadily(solution, inputs, certainly, (value) => {
    const ratios = value as Record<string, unknown> | null
    return [ratios?.lru, ratios?.lfu]
  })
  await comparesRandom(solution, random)
}
