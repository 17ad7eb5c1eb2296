import { checkCases, problemOf, shown, wrongNumber } from '../../src/grading/cases.js'
import { type Check, Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { topShare } from '../../src/workload/zipf.js'
import {
  type CacheCase,
  cacheCases,
  caseWords,
  exactly,
  impossible,
  type Step,
  smallerCases,
  stepsIn,
  stepsOf,
} from './cache-cases.js'
import { FALSE_ALARM, tolerance } from './chance.js'

const RANDOM_CAPACITY = 10
const RANDOM_EVICTIONS = 6000

async function evictsAnyKey(solution: Solution, random: Random): Promise<void> {
  const next = 'Draw one of the keys inside, each with the same chance, whenever one must leave.'
  await checkCases(solution, cacheCases('random', random), {
    name: 'simulate',
    parameters: ({ capacity, requests }) => ['random', capacity, requests],
    words: caseWords,
    smaller: smallerCases,
    next,
    wrong(input, value) {
      const steps = stepsIn(value, input.requests.length)
      return typeof steps === 'string' ? steps : impossible(input, steps)
    },
  })
  const requests = Array.from({ length: 15_000 }, () => `user:${random.below(25)}`)
  const [outcome] = await solution.call('simulate', [['random', RANDOM_CAPACITY, requests]])
  const problem = problemOf(outcome, (value) => {
    const steps = stepsIn(value, requests.length)
    return typeof steps === 'string'
      ? steps
      : uneven({ policy: 'random', capacity: RANDOM_CAPACITY, requests }, steps)
  })
  if (problem) throw new Failure(problem, next)
}

/**
 * Whether the places of evicted keys are not spread evenly: by how long ago each key inside was last used, and by
 * how long ago it came in. Each place is drawn with probability 1 ÷ capacity whatever came before, so that
 * `tolerance` holds for the first RANDOM_EVICTIONS evictions, a fixed number of draws, in each of 2 × capacity counts.
 */
function uneven(input: CacheCase, steps: readonly Step[]): string | undefined {
  const { capacity } = input
  const byUse = new Array<number>(capacity).fill(0)
  const byAge = new Array<number>(capacity).fill(0)
  let evictions = 0
  const order: string[] = []
  let used = 0
  const problem = impossible(input, steps, (request, evicted, inside) => {
    // All keys so far in the order of their last use, the longest ago first.
    for (; used < request; used++) use(order, input.requests[used])
    if (evictions++ >= RANDOM_EVICTIONS) return
    byUse[order.filter((key) => inside.has(key)).indexOf(evicted)]++
    byAge[[...inside].indexOf(evicted)]++
  })
  if (problem) return problem
  evictions = Math.min(evictions, RANDOM_EVICTIONS)
  const expected = evictions / capacity
  const allowed = tolerance(evictions, 1 / capacity, FALSE_ALARM / (2 * capacity))
  for (const [counts, what] of [
    [byUse, 'used'],
    [byAge, 'that came'],
  ] as const) {
    const worst = counts.reduce(
      (most, count, i) => (Math.abs(count - expected) > Math.abs(counts[most] - expected) ? i : most),
      0,
    )
    if (Math.abs(counts[worst] - expected) > allowed) {
      return `of ${evictions} evictions ${counts[worst]} took the key ${what} longest ago but ${worst}; by chance it would be about ${Math.round(expected)}, and at most ${Math.round(allowed)} off`
    }
  }
  return undefined
}

function use(order: string[], key: string): void {
  const at = order.indexOf(key)
  if (at >= 0) order.splice(at, 1)
  order.push(key)
}

async function findsTheExponent(solution: Solution, random: Random): Promise<void> {
  const counts = [5, 100, 1000, 10_000, ...Array.from({ length: 4 }, () => 5 * (2 + random.below(1000)))]
  await checkCases(solution, counts, {
    name: 'exponentFor',
    parameters: (count) => [count],
    words: (count) => `${count} keys`,
    smaller: (count) => [10, 20, 50].filter((fewer) => fewer < count),
    next: 'Sum up 1 ÷ k^s for the first fifth and for all keys, and look for the s at which the one is 80 % of the other.',
    wrong(count, value) {
      if (typeof value !== 'number' || !(value > 0))
        return `you returned ${shown(value)}, which is no exponent`
      const share = topShare(count, count / 5, value)
      return Math.abs(share - 0.8) <= 0.001
        ? undefined
        : `with your exponent ${value.toFixed(4)} the first fifth gets ${(share * 100).toFixed(2)} % of the requests`
    },
  })
}

const DRAWS = 30_000

/** Ranks in groups, each twice as wide as the one before: `first` to `end` − 1. */
function groups(keyCount: number): { first: number; end: number }[] {
  const found = []
  for (let first = 0; first < keyCount; first = 2 * first + 1)
    found.push({ first, end: Math.min(keyCount, 2 * first + 1) })
  return found
}

async function drawsByZipf(solution: Solution, random: Random): Promise<void> {
  const next = 'Key k has the weight 1 ÷ (k + 1)^exponent; draw by the running sums of the weights.'
  const settings = [
    [20, 1],
    [1000, 1],
    [100 + random.below(900), 0.6 + 0.3 * random.next()],
    [100 + random.below(900), 1.1 + 0.5 * random.next()],
  ] as const
  const outcomes = await solution.call(
    'zipf',
    settings.map(([keys, exponent]) => [keys, exponent, DRAWS]),
  )
  const comparisons = settings.reduce((sum, [keys]) => sum + 2 * groups(keys).length, 0)
  for (const [i, [keys, exponent]] of settings.entries()) {
    const problem = problemOf(outcomes[i], (value) =>
      unlikeZipf(value, keys, exponent, FALSE_ALARM / comparisons),
    )
    if (problem) throw new Failure(`zipf(${keys}, ${exponent.toFixed(3)}, ${DRAWS}): ${problem}`, next)
  }
}

/**
 * Whether groups of ranks are drawn too often or too rarely, in the first half of the draws or in the second: a
 * half has DRAWS ÷ 2 independent draws, each of which falls into a group with the group's probability.
 */
function unlikeZipf(value: unknown, keys: number, exponent: number, chance: number): string | undefined {
  if (!Array.isArray(value) || value.length !== DRAWS)
    return `you returned ${shown(value)}; it must be a list of ${DRAWS} keys`
  const stray = value.findIndex((key) => !(Number.isInteger(key) && key >= 0 && key < keys))
  if (stray >= 0)
    return `draw ${stray + 1} is ${shown(value[stray])}; keys are whole numbers from 0 to ${keys - 1}`
  const counts = [new Float64Array(keys), new Float64Array(keys)]
  for (const [i, key] of value.entries()) counts[i < DRAWS / 2 ? 0 : 1][key]++
  for (const [half, drawn] of counts.entries()) {
    for (const { first, end } of groups(keys)) {
      const share = topShare(keys, end, exponent) - topShare(keys, first, exponent)
      const count = drawn.subarray(first, end).reduce((sum, times) => sum + times, 0)
      const expected = (share * DRAWS) / 2
      const allowed = tolerance(DRAWS / 2, share, chance)
      if (Math.abs(count - expected) > allowed) {
        return `in the ${half === 0 ? 'first' : 'second'} half ${first === end - 1 ? `key ${first}` : `keys ${first} to ${end - 1}`} came ${count} times; by Zipf’s law it is about ${Math.round(expected)}, and by chance at most ${Math.round(allowed)} off`
      }
    }
  }
  return undefined
}

/** Requests on which Random’s hits are certain: everything fits, everything is new, or there is one key only. */
function certain(random: Random): CacheCase[] {
  const fits = { capacity: 6, requests: Array.from({ length: 40 }, () => `user:${random.below(6)}`) }
  const fresh = { capacity: 4, requests: Array.from({ length: 20 }, (_, i) => `user:${i}`) }
  const same = { capacity: 2, requests: Array.from({ length: 5 + random.below(20) }, () => 'user:1') }
  return [same, fresh, fits].map((drawn) => ({ policy: 'random', ...drawn }))
}

async function comparesHitRatios(solution: Solution, random: Random): Promise<void> {
  const ratio = (input: CacheCase, policy: CacheCase['policy']) => {
    const steps = stepsOf({ ...input, policy })
    return steps.filter(({ hit }) => hit).length / steps.length
  }
  const sure = certain(random)
  await checkCases(solution, [...sure, ...cacheCases('lru', random).slice(0, 60)], {
    name: 'compare',
    parameters: ({ capacity, requests }) => [capacity, requests],
    words: caseWords,
    smaller: smallerCases,
    next: 'Count the hits of each policy, and divide by the number of requests.',
    wrong(input, value) {
      const ratios = value as Record<string, unknown> | null
      if (typeof ratios !== 'object' || ratios === null)
        return `you returned ${shown(value)}; it must be like {"lru": 0.5, "lfu": 0.5, "random": 0.5}`
      for (const policy of ['lru', 'lfu', 'random'] as const) {
        const problem =
          policy === 'random' && !sure.includes(input)
            ? typeof ratios.random === 'number' && ratios.random >= 0 && ratios.random <= 1
              ? undefined
              : `you returned ${shown(ratios.random)}; a hit ratio lies between 0 and 1`
            : wrongNumber(ratios[policy], ratio(input, policy))
        if (problem) return `${policy}: ${problem}`
      }
      return undefined
    },
  })
}

export const checks: readonly Check[] = [
  {
    id: 'lru',
    title: 'LRU, request by request',
    points: 5,
    run: (solution, random) =>
      checkCases(
        solution,
        cacheCases('lru', random),
        exactly(
          'lru',
          'the one not used for longest',
          'A hit counts as use too. Write the order of last use beside the example.',
        ),
      ),
  },
  {
    id: 'lfu',
    title: 'LFU, request by request',
    points: 5,
    run: (solution, random) =>
      checkCases(
        solution,
        cacheCases('lfu', random),
        exactly(
          'lfu',
          'the one with the fewest requests since it came in, of several the one not used for longest',
          'Three rules: count also the request that brings a key in; forget the count of a key that leaves; ties go by last use.',
        ),
      ),
  },
  { id: 'random', title: 'Random takes any key', points: 4, run: evictsAnyKey },
  { id: 'exponent', title: 'the exponent of 80/20', points: 1, run: findsTheExponent },
  { id: 'zipf', title: 'requests by Zipf’s law', points: 3, run: drawsByZipf },
  { id: 'compare', title: 'the comparison', points: 2, run: comparesHitRatios },
]
