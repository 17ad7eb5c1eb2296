import { many } from '../../src/grading/draw.js'
import { type CallResult, Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { FALSE_ALARM, type Group, unlikeDraws } from './draws.js'
import { type CacheCase, follow, stepsIn } from './model.js'

const CAPACITY = 10
const KEYS = 25
const REQUESTS = 15_000
/** Of about 9000, as each request after the first few is a miss with probability 15/25. */
const EVICTIONS = 8000
const SHORT_REQUESTS = [...'ABCDEFG']
const SHORT_CALLS = 1000

/**
 * Where a key that left stood among the `size` keys inside, by last use and by when it came in, the longest ago
 * first. Under Random each place has probability 1 ÷ size, whatever came before.
 */
interface Place {
  readonly size: number
  readonly used: number
  readonly came: number
}

/** In one long list of requests, and at the first eviction of many short ones: draws that begin anew each time. */
export async function evictsAnyKey(solution: Solution, random: Random): Promise<void> {
  const requests = many(REQUESTS, () => `user:${random.below(KEYS)}`)
  const long: CacheCase = { policy: 'random', capacity: CAPACITY, requests }
  await judge(solution, long, 1, EVICTIONS, `${REQUESTS} requests for ${KEYS} keys`)
  const short: CacheCase = { policy: 'random', capacity: 4, requests: SHORT_REQUESTS }
  const words = `requests ${SHORT_REQUESTS.join(' ')}, asked ${SHORT_CALLS} times`
  await judge(solution, short, SHORT_CALLS, SHORT_CALLS, words)
}

/** Looks at `count` evictions of some calls alike, as many of each. */
async function judge(solution: Solution, input: CacheCase, calls: number, count: number, words: string) {
  const { policy, capacity } = input
  const outcomes = await solution.call(
    'simulate',
    many(calls, () => [policy, capacity, input.requests]),
  )
  const places = outcomes.flatMap((outcome) => placesIn(input, outcome).slice(0, count / calls))
  const isSame = calls > 1 && new Set(places.map(({ came }) => came)).size === 1
  const problem =
    places.length < count
      ? 'many of your answers don’t show which key you evicted'
      : isSame
        ? 'the same key leaves first each time'
        : uneven(places)
  if (problem) {
    throw new Failure(
      `RANDOM, capacity ${capacity}, ${words}: ${problem}`,
      'Whenever a key must leave, draw one of the keys inside, each with the same probability. Each call draws anew.',
    )
  }
}

function placesIn(input: CacheCase, outcome: CallResult): Place[] {
  if ('error' in outcome) throw new Failure(outcome.error, 'Make simulate("random", …) answer first.')
  const steps = stepsIn(outcome.value, input.requests.length)
  const places: Place[] = []
  if (typeof steps === 'string') return places
  follow(input, steps, (_, evicted, inside) => {
    const { size } = inside
    // It makes no difference to Random if the cache is larger or smaller than it should be, as long as it stays so.
    if (size === (places[0]?.size ?? size))
      places.push({ size, used: inside.byUse.indexOf(evicted), came: inside.keys.indexOf(evicted) })
  })
  return places
}

/** Each of four lists of draws, two orders for two kinds of calls, gets a quarter of the error probability. */
function uneven(places: readonly Place[]): string | undefined {
  const [{ size }] = places
  const probabilities = many(size, () => 1 / size)
  const groups = [
    { first: 0, end: size >> 1 },
    ...many(size, () => 0).map((_, i) => ({ first: i, end: i + 1 })),
  ]
  for (const way of ['used', 'came'] as const) {
    const unlike = unlikeDraws(
      places.map((place) => place[way]),
      probabilities,
      groups,
      FALSE_ALARM / 4,
    )
    if (unlike?.kind === 'again') return 'the key you evict depends on the one before'
    if (unlike)
      return `you evict ${keysOf(unlike.group, size, way)} too ${unlike.tooOften ? 'often' : 'rarely'}`
  }
  return undefined
}

function keysOf({ first, end }: Group, size: number, way: 'used' | 'came'): string {
  const what = way === 'used' ? 'used' : 'that came in'
  if (end - first > 1) return `the half of the keys ${what} longest ago`
  if (first === size - 1) return `the key ${what} last`
  return `the key ${what} longest ago${first > 0 ? ` but ${first}` : ''}`
}
