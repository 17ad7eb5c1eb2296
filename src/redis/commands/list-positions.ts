import type { Run } from '../command.js'
import { parseCount, parseInteger } from '../numbers.js'
import { noSuchKey, OK, RedisError, syntaxError } from '../reply.js'
import type { QuickList } from '../values/quick-list.js'
import { Words } from '../words.js'

/** The positions that `start stop` name, the end not included; negative ones count from the end. */
export function positions(start: number, stop: number, length: number): [number, number] {
  const from = Math.max(0, start < 0 ? length + start : start)
  const to = Math.min(length, (stop < 0 ? length + stop : stop) + 1)
  return from >= to ? [0, 0] : [from, to]
}

const lrange: Run = ({ db }, [, key, start, stop]) => {
  const range = [parseCount(start), parseCount(stop)] as const
  const list = db.listAt(key)
  return list ? list.slice(...positions(...range, list.length)) : []
}

const ltrim: Run = ({ db }, [, key, start, stop]) => {
  const range = [parseCount(start), parseCount(stop)] as const
  const list = db.listAt(key)
  if (!list) return OK
  const [from, to] = positions(...range, list.length)
  for (let i = list.length - to; i > 0; i--) list.popBack()
  for (let i = Math.min(from, list.length); i > 0; i--) list.popFront()
  db.changed(key, 'ltrim')
  return OK
}

const placeIn = (list: QuickList, index: number) => (index < 0 ? list.length + index : index)
const isPlace = (list: QuickList, place: number) => place >= 0 && place < list.length

const lindex: Run = ({ db }, [, key, index]) => {
  const list = db.listAt(key)
  if (!list) return null
  const place = placeIn(list, parseCount(index))
  return isPlace(list, place) ? list.at(place) : null
}

const lset: Run = ({ db }, [, key, index, item]) => {
  const list = db.listAt(key)
  if (!list) throw noSuchKey()
  const place = placeIn(list, parseCount(index))
  if (!isPlace(list, place)) throw new RedisError('ERR index out of range')
  list.set(place, item)
  db.changed(key, 'lset')
  return OK
}

const linsert: Run = ({ db }, [, key, where, pivot, item]) => {
  const side = where.toUpperCase()
  if (side !== 'BEFORE' && side !== 'AFTER') throw syntaxError()
  const list = db.listAt(key)
  if (!list) return 0
  let place = 0
  for (const other of list.items()) {
    if (other === pivot) {
      list.insert(side === 'BEFORE' ? place : place + 1, item)
      db.changed(key, 'linsert')
      return list.length
    }
    place++
  }
  return -1
}

const lrem: Run = ({ db }, [, key, wanted, item]) => {
  const count = parseCount(wanted)
  const list = db.listAt(key)
  if (!list) return 0
  const most = count === 0 ? Number.POSITIVE_INFINITY : Math.abs(count)
  let removed = 0
  list.keep((other) => other !== item || removed === most || ++removed < 0, count < 0)
  if (removed > 0) db.changed(key, 'lrem')
  return removed
}

interface Search {
  readonly rank: number
  /** How many to find; undefined for one, and 0 for all. */
  readonly count: number | undefined
  readonly most: number
}

const LEAST = -(2n ** 63n)

function searchOptions(words: Words): Search {
  const search = { rank: 1, count: undefined as number | undefined, most: 0 }
  let isLeast = false
  while (words.more) {
    const option = words.option()
    if (!words.more) throw syntaxError()
    if (option === 'RANK') {
      const rank = parseInteger(words.next())
      // In Redis the negative of this one is itself, so that every match comes after it.
      isLeast = rank === LEAST
      search.rank = isLeast ? -1 : Number(rank)
      if (search.rank === 0)
        throw new RedisError(
          "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
        )
    } else if (option === 'COUNT') {
      search.count = words.count(() => new RedisError("ERR COUNT can't be negative"))
      if (search.count < 0) throw new RedisError("ERR COUNT can't be negative")
    } else if (option === 'MAXLEN') {
      search.most = words.count(() => new RedisError("ERR MAXLEN can't be negative"))
      if (search.most < 0) throw new RedisError("ERR MAXLEN can't be negative")
    } else throw syntaxError()
  }
  if (isLeast && search.count !== undefined) search.count = 0
  return search
}

const lpos: Run = ({ db }, argv) => {
  const [, key, item] = argv
  const { rank, count, most } = searchOptions(new Words(argv, 3))
  const list = db.listAt(key)
  if (!list) return count === undefined ? null : []
  const wanted = count === undefined ? 1 : count === 0 ? list.length : count
  const looked = most === 0 ? list.length : Math.min(most, list.length)
  const found: number[] = []
  let skipped = Math.abs(rank) - 1
  let i = 0
  for (const other of list.items(rank < 0)) {
    if (i >= looked || found.length >= wanted) break
    if (other === item && skipped-- <= 0) found.push(rank > 0 ? i : list.length - 1 - i)
    i++
  }
  return count === undefined ? (found[0] ?? null) : found
}

export const listPositions = {
  lrange,
  ltrim,
  lindex,
  lset,
  linsert,
  lrem,
  lpos,
} satisfies Record<string, Run>
