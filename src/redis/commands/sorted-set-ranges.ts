import type { Run } from '../command.js'
import { parseCount, textFloatIn } from '../numbers.js'
import { Double, RedisError, type Reply, syntaxError, Typed } from '../reply.js'
import { type From, type Scored, SortedSet } from '../values/sorted-set.js'
import { Words } from '../words.js'
import { positions } from './list-positions.js'

/** Whether a range is one of positions, scores or names. */
type By = 'rank' | 'score' | 'name'

/** A range: where it begins, and where the members after it begin. */
interface Ends {
  readonly begins: From
  readonly isOver: From
}

function parseBound(text: string): { value: number; isOpen: boolean } {
  const isOpen = text.startsWith('(')
  const value = textFloatIn(isOpen ? text.slice(1) : text)
  if (value === undefined) throw new RedisError('ERR min or max is not a float')
  return { value, isOpen }
}

function scoreEnds(min: string, max: string): Ends {
  const [low, high] = [parseBound(min), parseBound(max)]
  return {
    begins: (score) => (low.isOpen ? score > low.value : score >= low.value),
    isOver: (score) => (high.isOpen ? score >= high.value : score > high.value),
  }
}

function parseName(text: string): { sign: string; name: string } {
  const [sign, name] = [text[0] ?? '', text.slice(1)]
  const isEnd = (sign === '+' || sign === '-') && name === ''
  if (!isEnd && sign !== '[' && sign !== '(')
    throw new RedisError('ERR min or max not valid string range item')
  return { sign, name }
}

function nameEnds(min: string, max: string): Ends {
  const [low, high] = [parseName(min), parseName(max)]
  return {
    begins: (_, member) => {
      if (low.sign === '-' || low.sign === '+') return low.sign === '-'
      return low.sign === '[' ? member >= low.name : member > low.name
    },
    isOver: (_, member) => {
      if (high.sign === '-' || high.sign === '+') return high.sign === '-'
      return high.sign === '[' ? member > high.name : member >= high.name
    },
  }
}

/** The positions between two ends, the last not included. O(log N). */
function between(set: SortedSet, ends: Ends, isReversed = false): [number, number] {
  if (set.isPacked) return foundBetween(set.items(), ends, isReversed)
  const from = set.countBefore(ends.begins)
  return [from, Math.max(from, set.countBefore(ends.isOver))]
}

/**
 * The same for few items, which are looked through one by one, as Redis does. It makes a difference only for names
 * among members of different scores, of which there is no range.
 */
function foundBetween(items: readonly Scored[], ends: Ends, isReversed: boolean): [number, number] {
  const isLow = ({ score, member }: Scored) => !ends.begins(score, member)
  const isHigh = ({ score, member }: Scored) => ends.isOver(score, member)
  if (items.length === 0 || isLow(items[items.length - 1]) || isHigh(items[0])) return [0, 0]
  const step = isReversed ? -1 : 1
  let at = isReversed ? items.length - 1 : 0
  while (isReversed ? isHigh(items[at]) : isLow(items[at])) at += step
  const first = at
  // From there on only the end in that direction is looked at.
  const isOver = isReversed ? isLow : isHigh
  while (at >= 0 && at < items.length && !isOver(items[at])) at += step
  return isReversed ? [at + 1, first + 1] : [first, at]
}

interface Range {
  readonly by: By
  readonly isReversed: boolean
  readonly min: string
  readonly max: string
  readonly offset: number
  readonly limit: number
}

/** Checks a range's ends and returns a function that finds it in a set: first position, count, direction. */
function finder({ by, isReversed, min, max, offset, limit }: Range): (set: SortedSet) => Scored[] {
  if (by === 'rank') {
    const [start, stop] = [parseCount(min), parseCount(max)]
    return (set) => {
      const [from, to] = positions(start, stop, set.size)
      return set.range(isReversed ? set.size - 1 - from : from, to - from, isReversed)
    }
  }
  const [low, high] = isReversed ? [max, min] : [min, max]
  const ends = by === 'score' ? scoreEnds(low, high) : nameEnds(low, high)
  return (set) => {
    const [from, to] = between(set, ends, isReversed)
    const count = Math.min(limit < 0 ? Number.POSITIVE_INFINITY : limit, to - from - offset)
    if (offset < 0 || count <= 0) return []
    return set.range(isReversed ? to - 1 - offset : from + offset, count, isReversed)
  }
}

/** Members with their scores, flat in RESP2. */
export const withScores = (items: readonly Scored[]): Typed =>
  new Typed(
    'pairs',
    items.flatMap(({ member, score }) => [member, new Double(score)]),
  )

interface Shape {
  readonly by?: By
  readonly isReversed?: boolean
  /** Whether the kind and the direction are options, as they are with ZRANGE. */
  readonly isOpen?: boolean
  readonly isStored?: boolean
}

/** The range behind a command's key, as its words and options give it. */
function parseRange(argv: readonly string[], at: number, shape: Shape): { range: Range; scored: boolean } {
  const words = new Words(argv, at + 2)
  let { by, isReversed } = shape
  let limits: [number, number] | undefined
  let scored = false
  while (words.more) {
    const option = words.option()
    if (option === 'WITHSCORES' && !shape.isStored) scored = true
    else if (option === 'LIMIT' && words.left >= 2) limits = [words.count(), words.count()]
    else if (option === 'REV' && shape.isOpen && isReversed === undefined) isReversed = true
    else if ((option === 'BYSCORE' || option === 'BYLEX') && shape.isOpen && by === undefined)
      by = option === 'BYSCORE' ? 'score' : 'name'
    else throw syntaxError()
  }
  by ??= 'rank'
  if (limits && limits[1] !== -1 && by === 'rank')
    throw new RedisError(
      'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
    )
  if (scored && by === 'name')
    throw new RedisError('ERR syntax error, WITHSCORES not supported in combination with BYLEX')
  const [offset, limit] = limits ?? [0, -1]
  return {
    range: { by, isReversed: isReversed === true, min: argv[at], max: argv[at + 1], offset, limit },
    scored,
  }
}

function giving(shape: Shape): Run {
  return ({ db }, argv) => {
    const { range, scored } = parseRange(argv, 2, shape)
    const find = finder(range)
    const set = db.sortedSet(argv[1])
    const items = set ? find(set) : []
    return scored ? withScores(items) : items.map(({ member }) => member)
  }
}

const zrangestore: Run = ({ db }, argv) => {
  const { range } = parseRange(argv, 3, { isOpen: true, isStored: true })
  const find = finder(range)
  const source = db.sortedSet(argv[2])
  const items = source ? find(source) : []
  return store({ db }, argv, items)
}

/** Stores items as a sorted set, or deletes the key if there are none; the number of items. */
export function store(
  { db }: Pick<Parameters<Run>[0], 'db'>,
  [name, target]: readonly string[],
  items: readonly Scored[],
): Reply {
  if (items.length > 0) db.put(target, SortedSet.of(items), undefined, name.toLowerCase())
  else db.delete(target, 'del')
  return items.length
}

function counting(by: 'score' | 'name'): Run {
  return ({ db }, [, key, min, max]) => {
    const ends = by === 'score' ? scoreEnds(min, max) : nameEnds(min, max)
    const set = db.sortedSet(key)
    if (!set) return 0
    const [from, to] = between(set, ends)
    return to - from
  }
}

function removing(by: By): Run {
  return ({ db }, [name, key, min, max]) => {
    const find = finder({ by, isReversed: false, min, max, offset: 0, limit: -1 })
    const set = db.sortedSet(key)
    const items = set ? find(set) : []
    for (const { member } of items) set?.delete(member)
    if (items.length > 0) db.changed(key, name.toLowerCase())
    return items.length
  }
}

export const ranges = {
  zrangestore,
  zrange: giving({ isOpen: true }),
  zrevrange: giving({ by: 'rank', isReversed: true }),
  zrangebyscore: giving({ by: 'score', isReversed: false }),
  zrevrangebyscore: giving({ by: 'score', isReversed: true }),
  zrangebylex: giving({ by: 'name' }),
  zrevrangebylex: giving({ by: 'name', isReversed: true }),
  zcount: counting('score'),
  zlexcount: counting('name'),
  zremrangebyrank: removing('rank'),
  zremrangebyscore: removing('score'),
  zremrangebylex: removing('name'),
} satisfies Record<string, Run>
