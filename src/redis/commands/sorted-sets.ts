import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { parseCount, parseDouble, scannedScore } from '../numbers.js'
import { Double, NO_ARRAY, notFloat, RedisError, type Reply, syntaxError } from '../reply.js'
import { type Scored, SortedSet } from '../values/sorted-set.js'
import { Words } from '../words.js'
import { type ManyPop, notPositive, parseManyPop } from './lists.js'
import { drawPlaces, parseDraw } from './random-items.js'
import { parseCursor, passes, scanned, scanOptions } from './scanning.js'
import { algebra } from './sorted-set-algebra.js'
import { ranges, withScores } from './sorted-set-ranges.js'
import rows from './sorted-sets.json' with { type: 'json' }
import { parseTimeout, waitFor } from './waiting.js'

interface AddOptions {
  nx: boolean
  xx: boolean
  gt: boolean
  lt: boolean
  ch: boolean
  incr: boolean
}

const ADD_OPTIONS = new Set(['nx', 'xx', 'gt', 'lt', 'ch', 'incr'])

/** ZADD's options and where the pairs of score and member begin. */
function addOptions(argv: readonly string[], increments: boolean): { options: AddOptions; at: number } {
  const options = { nx: false, xx: false, gt: false, lt: false, ch: false, incr: increments }
  let at = 2
  for (; at < argv.length; at++) {
    const name = argv[at].toLowerCase()
    if (!ADD_OPTIONS.has(name)) break
    options[name as keyof AddOptions] = true
  }
  const words = argv.length - at
  if (words === 0 || words % 2 === 1) throw syntaxError()
  if (options.nx && options.xx)
    throw new RedisError('ERR XX and NX options at the same time are not compatible')
  if ([options.nx, options.gt, options.lt].filter(Boolean).length > 1)
    throw new RedisError('ERR GT, LT, and/or NX options at the same time are not compatible')
  if (options.incr && words > 2)
    throw new RedisError('ERR INCR option supports a single increment-element pair')
  return { options, at }
}

/** The score to set; undefined to leave the member as it is. */
function nextScore(before: number | undefined, given: number, options: AddOptions): number | undefined {
  if (before === undefined) return options.xx ? undefined : given
  if (options.nx) return undefined
  const score = options.incr ? before + given : given
  if (Number.isNaN(score)) throw new RedisError('ERR resulting score is not a number (NaN)')
  if ((options.gt && score <= before) || (options.lt && score >= before)) return undefined
  return score
}

function adds(increments: boolean): Run {
  return ({ db }, argv) => {
    const { options, at } = addOptions(argv, increments)
    const scores: number[] = []
    for (let i = at; i < argv.length; i += 2) scores.push(parseDouble(argv[i], notFloat))
    const key = argv[1]
    if (options.xx && !db.sortedSet(key)) return options.incr ? null : 0
    const set = db.ensure(key, SortedSet)
    const counts = { added: 0, changed: 0 }
    let last: number | undefined
    try {
      for (const [i, given] of scores.entries()) {
        const member = argv[at + 1 + 2 * i]
        const before = set.score(member)
        last = nextScore(before, given, options)
        if (last === undefined) continue
        set.set(member, last)
        if (before === undefined) counts.added++
        else if (before !== last) counts.changed++
      }
    } finally {
      if (counts.added + counts.changed > 0) db.changed(key, options.incr ? 'zincr' : 'zadd')
    }
    if (options.incr) return last === undefined ? null : new Double(last)
    return options.ch ? counts.added + counts.changed : counts.added
  }
}

const zrem: Run = ({ db }, [, key, ...members]) => {
  const set = db.sortedSet(key)
  if (!set) return 0
  const removed = members.filter((member) => set.delete(member)).length
  if (removed > 0) db.changed(key, 'zrem')
  return removed
}

const score = (set: SortedSet | undefined, member: string): Reply => {
  const found = set?.score(member)
  return found === undefined ? null : new Double(found)
}

function ranks(isReversed: boolean): Run {
  return ({ db }, [, key, member]) => {
    const set = db.sortedSet(key)
    const rank = set?.rank(member)
    if (set === undefined || rank === undefined) return null
    return isReversed ? set.size - 1 - rank : rank
  }
}

function takeEnd(client: Client, key: string, set: SortedSet, isMost: boolean, count: number): Scored[] {
  const items = set.range(isMost ? set.size - 1 : 0, count, isMost)
  for (const { member } of items) set.delete(member)
  if (items.length > 0) client.db.changed(key, isMost ? 'zpopmax' : 'zpopmin')
  return items
}

function pops(isMost: boolean): Run {
  return (client, argv) => {
    const [, key, wanted] = argv
    if (argv.length > 3) throw syntaxError()
    const count = wanted === undefined ? 1 : parseCount(wanted, notPositive)
    if (count < 0) throw notPositive()
    const set = client.db.sortedSet(key)
    if (!set) return []
    const items = takeEnd(client, key, set, isMost, count)
    if (wanted !== undefined) return withScores(items)
    return [items[0].member, new Double(items[0].score)]
  }
}

function blockingPops(isMost: boolean): Run {
  return (client, argv) => {
    const deadline = parseTimeout(client, argv[argv.length - 1])
    return waitFor(client, 'zset', argv.slice(1, -1), deadline, NO_ARRAY, (key) => {
      const set = client.db.sortedSet(key)
      if (!set) return undefined
      const [{ member, score: own }] = takeEnd(client, key, set, isMost, 1)
      return [key, member, new Double(own)]
    })
  }
}

function popFrom(client: Client, key: string, { which, count }: ManyPop): Reply | undefined {
  const set = client.db.sortedSet(key)
  if (!set) return undefined
  const items = takeEnd(client, key, set, which === 'MAX', count)
  return [key, items.map(({ member, score: own }) => [member, new Double(own)])]
}

const zmpop: Run = (client, argv) => {
  const request = parseManyPop(new Words(argv, 1), ['MIN', 'MAX'])
  for (const key of request.keys) {
    const popped = popFrom(client, key, request)
    if (popped) return popped
  }
  return NO_ARRAY
}

const bzmpop: Run = (client, argv) => {
  const request = parseManyPop(new Words(argv, 2), ['MIN', 'MAX'])
  const deadline = parseTimeout(client, argv[1])
  return waitFor(client, 'zset', request.keys, deadline, NO_ARRAY, (key) => popFrom(client, key, request))
}

const ONE = { count: 1, withMore: false }

const zrandmember: Run = ({ db, server }, argv) => {
  const [, key, wanted] = argv
  const { count, withMore } = wanted === undefined ? ONE : parseDraw(argv, 'WITHSCORES')
  const set = db.sortedSet(key)
  if (!set) return wanted === undefined ? null : []
  const items = drawPlaces(set.size, count, server.random).map((place) => set.range(place, 1)[0])
  if (withMore) return withScores(items)
  return wanted === undefined ? items[0].member : items.map(({ member }) => member)
}

const zscan: Run = ({ db }, argv) => {
  const cursor = parseCursor(argv[2])
  const set = db.sortedSet(argv[1])
  if (!set) return scanned(0, [])
  const options = scanOptions(new Words(argv, 3))
  const shown = (items: readonly Scored[]): Reply[] =>
    items
      .filter(({ member }) => passes(options, member))
      .flatMap(({ member, score: own }) => [member, scannedScore(own, set.isPacked)])
  if (set.isPacked) return scanned(0, shown(set.items()))
  const end = cursor + options.count
  return scanned(end >= set.slotCount ? 0 : end, shown(set.slots(cursor, Math.min(end, set.slotCount))))
}

export const zadd = adds(false)

export const sortedSets = family('sorted-set', rows, {
  zrem,
  zmpop,
  bzmpop,
  zrandmember,
  zscan,
  ...ranges,
  ...algebra,
  zadd,
  zincrby: adds(true),
  zscore: ({ db }, [, key, member]) => score(db.sortedSet(key), member),
  zmscore: ({ db }, [, key, ...members]) => {
    const set = db.sortedSet(key)
    return members.map((member) => score(set, member))
  },
  zcard: ({ db }, [, key]) => db.sortedSet(key)?.size ?? 0,
  zrank: ranks(false),
  zrevrank: ranks(true),
  zpopmin: pops(false),
  zpopmax: pops(true),
  bzpopmin: blockingPops(false),
  bzpopmax: blockingPops(true),
})
