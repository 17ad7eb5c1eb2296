import { type CaseCheck, checkCases, shown } from '../../src/grading/cases.js'
import { many } from '../../src/grading/draw.js'
import { Failure, type Solution } from '../../src/grading/exercise.js'
import type { Random } from '../../src/random/random.js'
import { caseWords, inRounds, skewed, smallerCases } from './cache-cases.js'
import { type CacheCase, follow, type Inside, keyWord, stepsIn, stepsOf } from './model.js'

/** One rule of which key leaves. */
export interface Rule {
  readonly policy: 'lru' | 'lfu'
  /** Whether the rule alone decides the answer, so that mistakes in other rules have no effect. */
  decides(inside: Inside): boolean
  /** The rule in words. */
  readonly why: string
  readonly next: string
}

const isAlone = (inside: Inside) => inside.leastRequested().length === 1
/** Whether it makes no difference if the requests before a key last left are counted. */
const isAlike = (inside: Inside) => inside.victim('lfu') === inside.victim('lfu', 'ever')

export const lru: Rule = {
  policy: 'lru',
  decides: () => true,
  why: 'the least recently used key',
  next: 'A hit is a use, too. Write the order of last use beside the example.',
}

export const lfu: Rule = {
  policy: 'lfu',
  decides: (inside) => isAlone(inside) && isAlike(inside) && inside.leastRequested('ever').length === 1,
  why: 'the one with the fewest requests since it came in',
  next: 'Count the requests of each key inside, the one that brings it in among them.',
}

export const lfuTies: Rule = {
  policy: 'lfu',
  decides: (inside) => !isAlone(inside) && isAlike(inside),
  why: 'the least recently used of those with the fewest requests',
  next: 'Where several keys have the fewest requests, look at their last use, not at when they came in.',
}

export const lfuAnew: Rule = {
  policy: 'lfu',
  decides: (inside) => isAlone(inside) && !isAlike(inside),
  why: 'the one with the fewest requests since it came in',
  next: 'Forget the count of a key that leaves.',
}

/** Judges each key that leaves by the keys inside, taking the solution's own hits and misses as given. */
function byRule({ policy, decides, why, next }: Rule): CaseCheck<CacheCase> {
  const name = policy.toUpperCase()
  // What comes after the first mistake doesn't matter.
  const ends = new WeakMap<CacheCase, number>()
  return {
    name: 'simulate',
    parameters: ({ capacity, requests }) => [policy, capacity, requests],
    words: caseWords,
    smaller(input) {
      const requests = input.requests.slice(0, ends.get(input))
      const cut = requests.length < input.requests.length ? [{ ...input, requests }] : []
      return [...cut, ...smallerCases(input, 2)]
    },
    next,
    wrong(input, value) {
      const steps = stepsIn(value, input.requests.length)
      if (typeof steps === 'string') return steps
      let problem: string | undefined
      const canFollow = follow(input, steps, (i, evicted, inside) => {
        if (problem || !decides(inside)) return
        const victim = inside.victim(policy)
        if (evicted === victim) return
        ends.set(input, i + 1)
        problem = `request ${i + 1}, ${keyWord(input.requests[i])}: you evicted ${shown(evicted).slice(1, -1)}; ${name} evicts ${keyWord(victim)}, ${why}`
      })
      if (problem || canFollow) return problem
      // The answer does not name the key that left, but later hits reveal it.
      const right = stepsOf(policy, input)
      let decided = 0
      follow(input, right, (_, __, inside) => {
        if (decides(inside)) decided++
      })
      const at = decided === 0 ? -1 : right.findIndex(({ hit }, i) => hit !== steps[i].hit)
      if (at < 0) return undefined
      ends.set(input, at + 1)
      const [yours, theirs] = right[at].hit ? ['miss', 'hit'] : ['hit', 'miss']
      return `request ${at + 1}, ${keyWord(input.requests[at])}: you say ${yours}; by ${name} it is a ${theirs}`
    },
  }
}

const CAPACITY = 6

/**
 * Asks once, for many requests, so that what is kept from one call to the next makes no difference here. To begin
 * with, keys come once, and some leave even where newcomers with few requests aren't let in; then those inside come
 * again in the opposite order, so that the first to come in is the last used.
 */
export async function obeys(rule: Rule, solution: Solution, random: Random): Promise<void> {
  const { policy } = rule
  const keys = many(2 * CAPACITY, () => 0).map((_, i) => `first:${i}`)
  const again = keys.slice(3, CAPACITY + 3).reverse()
  const first = [...keys.slice(0, CAPACITY + 3), ...again, ...keys.slice(CAPACITY + 3)]
  const fresh = inRounds(policy, CAPACITY, 30, random)
  const popular = skewed(policy, CAPACITY, 15, 1200, random)
  const requests = [...first, ...fresh.requests, ...popular.requests]
  await steadily(solution, [{ policy, capacity: CAPACITY, requests }], byRule(rule))
}

/**
 * Like `checkCases`, for what leaves nothing to chance. The failure of a solution that uses
 * random numbers omits its answers, because a report must be the same on every run.
 */
export async function steadily<T>(
  solution: Solution,
  inputs: readonly T[],
  check: CaseCheck<T>,
  /** The deterministic part of an answer. */
  certain: (value: unknown) => unknown = (value) => value,
): Promise<void> {
  try {
    await checkCases(solution, inputs, check)
  } catch (error) {
    const answer = async () => {
      await solution.restart()
      const outcomes = await solution.call(
        check.name,
        inputs.map((input) => check.parameters(input)),
      )
      return JSON.stringify(
        outcomes.map((outcome) => ('value' in outcome ? certain(outcome.value) : outcome)),
      )
    }
    // Where there is no time left to ask again, the first failure stands.
    const [once, again] = [await answer().catch(() => ''), await answer().catch(() => '')]
    if (once === again || again === '') throw error
    throw new Failure(
      `${check.name}: you answer the same call differently each time, and its result must not depend on chance`,
      'Only the policy "random" and zipf use random numbers.',
    )
  }
}
