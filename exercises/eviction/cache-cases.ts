import { type PolicyName, policies } from '../../src/eviction/index.js'
import { type CaseCheck, shorter, shown } from '../../src/grading/cases.js'
import type { Random } from '../../src/random/random.js'
import { Zipf } from '../../src/workload/index.js'

export interface CacheCase {
  readonly policy: 'lru' | 'lfu' | 'random'
  readonly capacity: number
  readonly requests: readonly string[]
}

/** What a request came to. */
export interface Step {
  readonly hit: boolean
  readonly evicted: string | null
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The same case with keys A, B, C, … in the order in which they come, where there are few enough. */
function lettered({ requests, ...rest }: CacheCase): CacheCase {
  const names = [...new Set(requests)]
  return {
    ...rest,
    requests: names.length > LETTERS.length ? requests : requests.map((key) => LETTERS[names.indexOf(key)]),
  }
}

/** Small cases that a person can follow, then some as large as the lesson's. */
export function cacheCases(policy: CacheCase['policy'], random: Random): CacheCase[] {
  const small = Array.from({ length: 120 }, () => {
    const capacity = 1 + random.below(5)
    const keys = capacity + 1 + random.below(4)
    const length = 4 + random.below(36)
    return lettered({ policy, capacity, requests: Array.from({ length }, () => LETTERS[random.below(keys)]) })
  })
  const large = [10, 100, 100].map((capacity) => {
    const requests = new Uint32Array(3000)
    new Zipf(400, 0.7 + random.next(), random.below(2 ** 32)).next(requests)
    return { policy, capacity, requests: Array.from(requests, (key) => `user:${key}`) }
  })
  return [...small.sort((a, b) => a.requests.length - b.requests.length), ...large]
}

/** Shorter, with a key or a place less; prefixes first, as what comes after the first mistake doesn't matter. */
export function smallerCases({ policy, capacity, requests }: CacheCase): CacheCase[] {
  const { length } = requests
  const prefixes = Array.from({ length: 15 }, (_, i) => requests.slice(0, Math.ceil((length * (i + 1)) / 16)))
  const keys = [...new Set(requests)]
  const withoutKey = keys.length > 40 ? [] : keys.map((key) => requests.filter((other) => other !== key))
  return [
    ...(capacity > 1 ? [{ policy, capacity: capacity - 1, requests }] : []),
    ...(capacity > 1 ? withoutKey.map((fewer) => ({ policy, capacity: capacity - 1, requests: fewer })) : []),
    ...[...prefixes, ...withoutKey, ...shorter(requests)].map((fewer) => ({
      policy,
      capacity,
      requests: fewer,
    })),
  ]
    .filter(
      (smaller) =>
        smaller.requests.length > 0 && (smaller.requests.length < length || smaller.capacity < capacity),
    )
    .map(lettered)
}

const MOST_SHOWN = 40

export function caseWords({ capacity, requests }: CacheCase): string {
  const few = requests.length > MOST_SHOWN ? ` (and ${requests.length - MOST_SHOWN} more)` : ''
  return `capacity ${capacity}, requests ${requests.slice(0, MOST_SHOWN).join(' ')}${few}`
}

/** What a policy does, request by request. */
export function stepsOf({ policy, capacity, requests }: CacheCase): Step[] {
  const names = [...new Set(requests)]
  const numbers = new Map(names.map((name, i) => [name, i]))
  const keys = Uint32Array.from(requests, (name) => numbers.get(name)!)
  const cache = policies[policy as PolicyName].create({
    capacity,
    keyCount: names.length,
    requests: keys,
    seed: 1,
    rate: 1,
  })
  const inside = new Set<number>()
  return Array.from(keys, (key) => {
    const hit = cache.access(key)
    let evicted: string | null = null
    if (!hit && inside.size === capacity) {
      const left = [...inside].find((other) => !cache.has(other))!
      inside.delete(left)
      evicted = names[left]
    }
    inside.add(key)
    return { hit, evicted }
  })
}

/** The steps that an answer is; what is wrong with its form otherwise. */
export function stepsIn(value: unknown, count: number): readonly Step[] | string {
  if (!Array.isArray(value)) return `you returned ${shown(value)}; it must be a list`
  if (value.length !== count) return `you returned ${value.length} steps for ${count} requests`
  const at = value.findIndex((step) => typeof step?.hit !== 'boolean')
  if (at >= 0)
    return `your step ${at + 1} is ${shown(value[at])}; it must be like {"hit": false, "evicted": null}`
  return value as Step[]
}

const evictedBy = ({ evicted }: Step) => evicted ?? null

/**
 * What is wrong with any policy's steps: a key inside that is no hit, a key that leaves though there is room, one
 * that isn't inside, none where the cache is full. Leaves `seen` to look at each eviction.
 */
export function impossible(
  { capacity, requests }: CacheCase,
  steps: readonly Step[],
  seen?: (request: number, evicted: string, inside: ReadonlySet<string>) => void,
): string | undefined {
  const inside = new Set<string>()
  for (const [i, key] of requests.entries()) {
    const { hit } = steps[i]
    const evicted = evictedBy(steps[i])
    const at = `request ${i + 1}, ${key}: `
    if (hit !== inside.has(key)) {
      return `${at}you say ${hit ? 'hit' : 'miss'}, but ${key} ${hit ? 'is not' : 'is'} inside (inside: ${[...inside].join(' ') || 'nothing'})`
    }
    const mustLeave = !hit && inside.size === capacity
    if (!mustLeave && evicted !== null)
      return `${at}you evicted ${evicted} ${hit ? 'at a hit' : 'though there was room'}`
    if (mustLeave) {
      if (evicted === null) return `${at}the cache is full, but you evicted nothing`
      if (!inside.has(evicted))
        return `${at}you evicted ${evicted}, which is not inside (inside: ${[...inside].join(' ')})`
      seen?.(i, evicted, inside)
      inside.delete(evicted)
    }
    inside.add(key)
  }
  return undefined
}

/** Judges LRU or LFU request by request. */
export function exactly(policy: 'lru' | 'lfu', why: string, next: string): CaseCheck<CacheCase> {
  return {
    name: 'simulate',
    parameters: ({ capacity, requests }) => [policy, capacity, requests],
    words: caseWords,
    smaller: smallerCases,
    next,
    wrong(input, value) {
      const steps = stepsIn(value, input.requests.length)
      if (typeof steps === 'string') return steps
      const expected = stepsOf(input)
      const at = expected.findIndex(
        (step, i) => steps[i].hit !== step.hit || evictedBy(steps[i]) !== step.evicted,
      )
      if (at < 0) return undefined
      const { evicted } = expected[at]
      const yours = evictedBy(steps[at])
      // Up to here all is right, so what can't be is said as such.
      const sofar = { ...input, requests: input.requests.slice(0, at + 1) }
      return (
        impossible(sofar, steps.slice(0, at + 1)) ??
        `request ${at + 1}, ${input.requests[at]}: you evicted ${yours}; ${policy.toUpperCase()} evicts ${evicted}, ${why}`
      )
    },
  }
}
