import type { Run } from '../command.js'
import type { Database } from '../database.js'
import { parseDouble } from '../numbers.js'
import { RedisError, syntaxError, wrongType } from '../reply.js'
import { type Scored, SortedSet } from '../values/sorted-set.js'
import { Members } from '../values/value.js'
import { Words } from '../words.js'
import { parseLimit } from './sets.js'
import { store, withScores } from './sorted-set-ranges.js'

type Aggregate = 'SUM' | 'MIN' | 'MAX'

interface Input {
  readonly sets: readonly (SortedSet | Members | undefined)[]
  readonly weights: readonly number[]
  readonly aggregate: Aggregate
  readonly scored: boolean
  readonly limit: number
}

/** Members with their scores; in a plain set each score is 1. */
function itemsOf(set: SortedSet | Members | undefined): Scored[] {
  if (set instanceof SortedSet) return set.items()
  return set ? set.list.map((member) => ({ member, score: 1 })) : []
}

function scoreIn(set: SortedSet | Members | undefined, member: string): number | undefined {
  if (set instanceof SortedSet) return set.score(member)
  return set?.has(member) ? 1 : undefined
}

const sizeOf = (set: SortedSet | Members | undefined) => set?.size ?? 0

function setAt(db: Database, key: string): SortedSet | Members | undefined {
  const value = db.get(key)
  if (value === undefined || value instanceof SortedSet || value instanceof Members) return value
  throw wrongType()
}

/** `numkeys key [key ...]` and the options behind it. */
function parseInput(db: Database, argv: readonly string[], at: number, options: readonly string[]): Input {
  const words = new Words(argv, at)
  const numkeys = words.count()
  if (numkeys < 1)
    throw new RedisError(`ERR at least 1 input key is needed for '${argv[0].toLowerCase()}' command`)
  const sets = words.list(numkeys).map((key) => setAt(db, key))
  let weights: number[] = sets.map(() => 1)
  let aggregate: Aggregate = 'SUM'
  let scored = false
  let limit = Number.POSITIVE_INFINITY
  while (words.more) {
    const option = words.option()
    if (!options.includes(option)) throw syntaxError()
    if (option === 'WEIGHTS') {
      const texts = words.list(numkeys)
      weights = texts.map((text) =>
        parseDouble(text, () => new RedisError('ERR weight value is not a float')),
      )
    } else if (option === 'AGGREGATE') {
      const name = words.option()
      if (name !== 'SUM' && name !== 'MIN' && name !== 'MAX') throw syntaxError()
      aggregate = name
    } else if (option === 'LIMIT') limit = parseLimit(words)
    else scored = true
  }
  return { sets, weights, aggregate, scored, limit }
}

/** ∞ − ∞ and ∞ × 0 count as 0. */
const finite = (score: number) => (Number.isNaN(score) ? 0 : score)

function combined(a: number, b: number, aggregate: Aggregate): number {
  if (aggregate === 'SUM') return finite(a + b)
  // Of 0 and -0 the first stays.
  return (aggregate === 'MIN' ? b < a : b > a) ? b : a
}

type Combine = (input: Input) => Scored[]

const union: Combine = ({ sets, weights, aggregate }) => {
  const scores = new Map<string, number>()
  // Rounding makes sums of doubles depend on the order: Redis starts with the smallest set.
  const order = sets.map((_, i) => i).sort((a, b) => sizeOf(sets[a]) - sizeOf(sets[b]))
  for (const i of order) {
    for (const { member, score } of itemsOf(sets[i])) {
      const weighted = finite(score * weights[i])
      const before = scores.get(member)
      scores.set(member, before === undefined ? weighted : combined(before, weighted, aggregate))
    }
  }
  return [...scores].map(([member, score]) => ({ member, score }))
}

const intersection: Combine = ({ sets, weights, aggregate }) => {
  const order = sets.map((_, i) => i).sort((a, b) => sizeOf(sets[a]) - sizeOf(sets[b]))
  const [first, ...others] = order
  return itemsOf(sets[first]).flatMap(({ member, score }) => {
    let total = finite(score * weights[first])
    for (const i of others) {
      const own = scoreIn(sets[i], member)
      if (own === undefined) return []
      total = combined(total, finite(own * weights[i]), aggregate)
    }
    return [{ member, score: total }]
  })
}

const difference: Combine = ({ sets: [first, ...others] }) =>
  itemsOf(first).filter(({ member }) => others.every((set) => scoreIn(set, member) === undefined))

function byScore(a: Scored, b: Scored): number {
  if (a.score !== b.score) return a.score - b.score
  return a.member < b.member ? -1 : 1
}

function giving(combine: Combine, options: readonly string[]): Run {
  return ({ db }, argv) => {
    const input = parseInput(db, argv, 1, [...options, 'WITHSCORES'])
    const items = combine(input).sort(byScore)
    return input.scored ? withScores(items) : items.map(({ member }) => member)
  }
}

function storing(combine: Combine, options: readonly string[]): Run {
  return ({ db }, argv) => store({ db }, argv, combine(parseInput(db, argv, 2, options)))
}

const zintercard: Run = ({ db }, argv) => {
  const { sets, limit } = parseInput(db, argv, 1, ['LIMIT'])
  const [smallest, ...others] = sets.toSorted((a, b) => sizeOf(a) - sizeOf(b))
  let count = 0
  for (const { member } of itemsOf(smallest)) {
    if (count >= limit) break
    if (others.every((set) => scoreIn(set, member) !== undefined)) count++
  }
  return count
}

const WEIGHING = ['WEIGHTS', 'AGGREGATE']

export const algebra = {
  zintercard,
  zunion: giving(union, WEIGHING),
  zinter: giving(intersection, WEIGHING),
  zdiff: giving(difference, []),
  zunionstore: storing(union, WEIGHING),
  zinterstore: storing(intersection, WEIGHING),
  zdiffstore: storing(difference, []),
} satisfies Record<string, Run>
