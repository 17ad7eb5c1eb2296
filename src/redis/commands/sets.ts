import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import type { Database } from '../database.js'
import { parseCount } from '../numbers.js'
import { RedisError, syntaxError, Typed } from '../reply.js'
import { scanStep } from '../values/indexed-map.js'
import { Members } from '../values/value.js'
import { Words } from '../words.js'
import { notPositive } from './lists.js'
import { drawPlaces, parseDraw } from './random-items.js'
import { parseCursor, passes, scanned, scanOptions } from './scanning.js'
import rows from './sets.json' with { type: 'json' }

const sadd: Run = ({ db }, argv) => {
  const set = db.ensure(argv[1], Members)
  let added = 0
  for (let i = 2; i < argv.length; i++) if (set.add(argv[i])) added++
  if (added > 0) db.changed(argv[1], 'sadd')
  return added
}

const srem: Run = ({ db }, [, key, ...members]) => {
  const set = db.set(key)
  if (!set) return 0
  const removed = members.filter((member) => set.delete(member)).length
  if (removed > 0) db.changed(key, 'srem')
  return removed
}

const smove: Run = ({ db }, [, source, target, member]) => {
  const from = db.set(source)
  if (!from) return 0
  db.set(target)
  if (source === target) return from.has(member) ? 1 : 0
  if (!from.delete(member)) return 0
  db.changed(source, 'srem')
  if (db.ensure(target, Members).add(member)) db.changed(target, 'sadd')
  return 1
}

type Combine = (db: Database, keys: readonly string[], most?: number) => Members

const union: Combine = (db, keys) => {
  const sets = keys.map((key) => db.set(key))
  const result = new Members()
  for (const set of sets) for (const member of set?.list ?? []) result.add(member)
  return result
}

/** Looks up each member of the smallest set in the others: O(size of the smallest set × sets). */
const intersection: Combine = (db, keys, most = Number.POSITIVE_INFINITY) => {
  const sets = keys.map((key) => db.set(key))
  const result = new Members()
  const present = sets.filter((set) => set !== undefined)
  if (present.length < sets.length) return result
  const [smallest, ...others] = present.sort((a, b) => a.size - b.size)
  for (const member of smallest.list) {
    if (result.size >= most) break
    if (others.every((set) => set.has(member))) result.add(member)
  }
  return result
}

const difference: Combine = (db, keys) => {
  const [first, ...others] = keys.map((key) => db.set(key))
  const result = new Members()
  for (const member of first?.list ?? []) {
    if (!others.some((set) => set?.has(member))) result.add(member)
  }
  return result
}

const giving =
  (combine: Combine): Run =>
  ({ db }, [, ...keys]) =>
    new Typed('set', combine(db, keys).inOrder())

const storing =
  (combine: Combine): Run =>
  ({ db }, [name, target, ...keys]) => {
    const result = combine(db, keys)
    if (result.size > 0) db.put(target, result, undefined, name.toLowerCase())
    else db.delete(target, 'del')
    return result.size
  }

const negativeLimit = () => new RedisError("ERR LIMIT can't be negative")

/** The number after LIMIT; 0 stands for all. */
export function parseLimit(words: Words): number {
  const limit = words.count(negativeLimit)
  if (limit < 0) throw negativeLimit()
  return limit === 0 ? Number.POSITIVE_INFINITY : limit
}

const sintercard: Run = ({ db }, argv) => {
  const words = new Words(argv, 1)
  const tooFew = () => new RedisError('ERR numkeys should be greater than 0')
  const numkeys = words.count(tooFew)
  if (numkeys <= 0) throw tooFew()
  if (numkeys > words.left) throw new RedisError("ERR Number of keys can't be greater than number of args")
  const keys = words.list(numkeys)
  let limit = Number.POSITIVE_INFINITY
  while (words.more) {
    if (!words.takes('LIMIT') || !words.more) throw syntaxError()
    limit = parseLimit(words)
  }
  return intersection(db, keys, limit).size
}

const drawn = (set: Members, count: number, { server }: Client) =>
  drawPlaces(set.size, count, server.random).map((place) => set.list[place])

const spop: Run = (client, argv) => {
  const [, key, wanted] = argv
  if (argv.length > 3) throw syntaxError()
  const count = wanted === undefined ? 1 : parseCount(wanted, notPositive)
  if (count < 0) throw notPositive()
  const set = client.db.set(key)
  if (!set) return wanted === undefined ? null : new Typed('set', [])
  const members = drawn(set, count, client)
  for (const member of members) set.delete(member)
  if (members.length > 0) client.db.changed(key, 'spop')
  return wanted === undefined ? members[0] : new Typed('set', members)
}

const srandmember: Run = (client, argv) => {
  const [, key, wanted] = argv
  if (argv.length > 3) throw syntaxError()
  const count = wanted === undefined ? 1 : parseDraw(argv).count
  const set = client.db.set(key)
  if (!set) return wanted === undefined ? null : []
  const members = drawn(set, count, client)
  return wanted === undefined ? members[0] : members
}

const sscan: Run = ({ db }, argv) => {
  const cursor = parseCursor(argv[2])
  const set = db.set(argv[1])
  if (!set) return scanned(0, [])
  const options = scanOptions(new Words(argv, 3))
  if (set.isIntegers)
    return scanned(
      0,
      set.inOrder().filter((member) => passes(options, member)),
    )
  const { from, to } = scanStep(set.size, cursor, options.count)
  return scanned(
    to,
    set.list.slice(to, from).filter((member) => passes(options, member)),
  )
}

export const sets = family('set', rows, {
  sadd,
  srem,
  smove,
  sintercard,
  spop,
  srandmember,
  sscan,
  scard: ({ db }, [, key]) => db.set(key)?.size ?? 0,
  sismember: ({ db }, [, key, member]) => (db.set(key)?.has(member) ? 1 : 0),
  smismember: ({ db }, [, key, ...members]) => {
    const set = db.set(key)
    return members.map((member) => (set?.has(member) ? 1 : 0))
  },
  smembers: ({ db }, [, key]) => new Typed('set', [...(db.set(key)?.inOrder() ?? [])]),
  sunion: giving(union),
  sinter: giving(intersection),
  sdiff: giving(difference),
  sunionstore: storing(union),
  sinterstore: storing(intersection),
  sdiffstore: storing(difference),
})
