import { shorter } from '../../src/grading/cases.js'
import { many, oneOf } from '../../src/grading/draw.js'
import { type Random, shuffle } from '../../src/random/random.js'
import { Zipf } from '../../src/workload/index.js'
import { type CacheCase, keyWord, type Policy } from './model.js'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The same case with keys A, B, C, … in the order in which they come, where there are few enough. */
function lettered({ requests, ...rest }: CacheCase): CacheCase {
  const names = [...new Set(requests)]
  return {
    ...rest,
    requests: names.length > LETTERS.length ? requests : requests.map((key) => LETTERS[names.indexOf(key)]),
  }
}

/** What differs for each policy, from the empty list on: as `capacity requests`. */
const EDGES = [
  ...['1', '1 A', '1 A A', '1 A B', '1 A B A', '1 A A B B A', '2 A', '2 A B', '2 A B A B', '2 A B C'],
  ...['2 A B C C', '2 A B C A B C', '2 A A B C A', '2 A A A', '3 A B C C B A', '3 A B C D', '3 D C B A'],
  ...['3 A B C D D C B A', '3 A B C D A B C D', '4 A B C D', '4 D A C B E E', '9 A B A C', '500 A B C A'],
]

export function edgeCases(policy: Policy): CacheCase[] {
  return EDGES.map((edge) => {
    const [capacity, ...requests] = edge.split(' ')
    return { policy, capacity: Number(capacity), requests }
  })
}

/** Small cases that a person can follow: the same keys come in another order right behind. */
export function smallCases(policy: Policy, count: number, random: Random): CacheCase[] {
  const drawn = many(count, () => {
    const capacity = 1 + random.below(5)
    const keys = capacity + 1 + random.below(4)
    const requests = many(4 + random.below(36), () => LETTERS[random.below(keys)])
    return lettered({ policy, capacity, requests })
  }).sort((a, b) => a.requests.length - b.requests.length)
  return drawn.flatMap((input) => [input, { ...input, requests: [...input.requests].reverse() }])
}

/** Requests by Zipf's law; which keys are popular changes in the middle. */
export function skewed(policy: Policy, capacity: number, keys: number, length: number, random: Random) {
  const requests = [0, 1].flatMap(() => {
    const part = new Uint32Array(length / 2)
    new Zipf(keys, 0.6 + 0.6 * random.next(), random.below(2 ** 32)).next(part)
    return Array.from(part, (key) => `user:${key}`)
  })
  return { policy, capacity, requests }
}

/** In each round as many new keys as fit, each of them twice or thrice in any order, so that counts are often equal. */
export function inRounds(policy: Policy, capacity: number, rounds: number, random: Random): CacheCase {
  const requests = many(rounds, () => 0).flatMap((_, round) => {
    const keys = many(capacity, () => 0).map((_, i) => `new:${round * capacity + i}`)
    return shuffle(many(2 + (round % 2), () => keys).flat(), random)
  })
  return { policy, capacity, requests }
}

/** Largest cases. */
export const largest = (policy: Policy, random: Random) => skewed(policy, 500, 1200, 2000, random)

/** Smaller cases: fewer requests, keys or places. Prefixes come first, because requests after the first mistake don't matter. */
export function smallerCases(input: CacheCase, leastCapacity = 1): CacheCase[] {
  const { policy, capacity, requests } = input
  const { length } = requests
  const prefixes = many(15, () => 0).map((_, i) => requests.slice(0, Math.ceil((length * (i + 1)) / 16)))
  const keys = [...new Set(requests)]
  const withoutKey = keys.length > 40 ? [] : keys.map((key) => requests.filter((other) => other !== key))
  const lists = [...prefixes, ...withoutKey, ...shorter(requests)]
  const narrower =
    capacity > leastCapacity
      ? [requests, ...withoutKey].map((fewer) => ({ policy, capacity: capacity - 1, requests: fewer }))
      : []
  return [...narrower, ...lists.map((fewer) => ({ policy, capacity, requests: fewer }))]
    .filter(
      (smaller) =>
        smaller.requests.length > 0 && (smaller.requests.length < length || smaller.capacity < capacity),
    )
    .map(lettered)
}

const MAX_SHOWN = 40

export function caseWords({ capacity, requests }: CacheCase): string {
  const more = requests.length > MAX_SHOWN ? ` (and ${requests.length - MAX_SHOWN} more)` : ''
  const keys = requests.slice(0, MAX_SHOWN).map(keyWord).join(' ')
  return `capacity ${capacity}, ${requests.length > 0 ? `requests ${keys}` : 'no requests'}${more}`
}

/** Keys that a solution may mix up with something else; those of one list are asked together. */
const NAMES = [
  ['10', '9', '007', '7', '1e3', '1000', '-1', '0'],
  ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'get', '', 'null'],
  ['undefined', 'None', 'false', 'a', 'A', ' a', 'a ', 'aa'],
  [' ', '  ', 'a b', 'a  b', '\t', 'a\tb', 'a,b', '"'],
  // The first two look alike: é as one character, and as e with an accent behind it.
  ['\u00e9', 'e\u0301', '😀', '😁', '𝒜', 'товар', 'ß', 'ss'],
]

export interface NamedCase {
  readonly plain: CacheCase
  /** The names by letter. */
  readonly names: Readonly<Record<string, string>>
}

/** Cases with other names for their keys. */
export function namedCases(random: Random): NamedCase[] {
  return NAMES.flatMap((list) =>
    (['lru', 'lfu'] as const).flatMap((policy) =>
      [2, 3, 4].map((capacity) => {
        // The first round makes all of them come in and leave.
        const letters = [...LETTERS.slice(0, list.length)]
        const requests = [...letters, letters[0], letters[0], ...many(40, () => oneOf(letters, random))]
        const from = random.below(list.length)
        const names = Object.fromEntries(letters.map((letter, i) => [letter, list[(from + i) % list.length]]))
        return { plain: { policy, capacity, requests }, names }
      }),
    ),
  )
}

export const named = ({ plain, names }: NamedCase): CacheCase => ({
  ...plain,
  requests: plain.requests.map((letter) => names[letter]),
})

/** Requests for fewer keys: those after the first mistake are left out. */
export function smallerNamed({ plain, names }: NamedCase): NamedCase[] {
  const { requests } = plain
  const fewer = [...new Set(requests)].map((key) => requests.filter((other) => other !== key))
  return [...fewer, ...shorter(requests)].map((kept) => ({ plain: { ...plain, requests: kept }, names }))
}
