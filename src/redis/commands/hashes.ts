import { family, type Run } from '../command.js'
import { integerReply, parseInteger } from '../numbers.js'
import { OK, RedisError, type Reply, Typed, wrongArity } from '../reply.js'
import { scanStep } from '../values/indexed-map.js'
import { Hash } from '../values/value.js'
import { Words } from '../words.js'
import { addedFloat, incremented, parseLongDouble } from './counters.js'
import rows from './hashes.json' with { type: 'json' }
import { drawPlaces, parseDraw } from './random-items.js'
import { parseCursor, passes, scanned, scanOptions } from './scanning.js'

function setFields(gives: 'count' | 'ok'): Run {
  return ({ db }, argv) => {
    if (argv.length % 2 === 1) throw wrongArity(argv[0].toLowerCase())
    const hash = db.ensure(argv[1], Hash)
    let added = 0
    for (let i = 2; i < argv.length; i += 2) if (hash.set(argv[i], argv[i + 1])) added++
    db.changed(argv[1], 'hset')
    return gives === 'ok' ? OK : added
  }
}

const hsetnx: Run = ({ db }, [, key, field, value]) => {
  if (db.hash(key)?.has(field)) return 0
  db.ensure(key, Hash).set(field, value)
  db.changed(key, 'hset')
  return 1
}

const hdel: Run = ({ db }, [, key, ...fields]) => {
  const hash = db.hash(key)
  if (!hash) return 0
  const removed = fields.filter((field) => hash.delete(field)).length
  if (removed > 0) db.changed(key, 'hdel')
  return removed
}

/** Replaces the number in a field. */
function changeNumber(
  key: string,
  field: string,
  db: Parameters<Run>[0]['db'],
  event: string,
  change: (text: string) => string,
) {
  const next = change(db.hash(key)?.get(field) ?? '0')
  db.ensure(key, Hash).set(field, next)
  db.changed(key, event)
  return next
}

const notHashInteger = () => new RedisError('ERR hash value is not an integer')
const notHashFloat = () => new RedisError('ERR hash value is not a float')

const hincrby: Run = ({ db }, [, key, field, by]) => {
  const amount = parseInteger(by)
  return integerReply(
    BigInt(changeNumber(key, field, db, 'hincrby', (text) => incremented(text, amount, notHashInteger))),
  )
}

const hincrbyfloat: Run = ({ db }, [, key, field, by]) => {
  const amount = parseLongDouble(by)
  if (!Number.isFinite(amount.exponent)) throw new RedisError('ERR value is NaN or Infinity')
  return changeNumber(key, field, db, 'hincrbyfloat', (text) =>
    addedFloat(parseLongDouble(text, notHashFloat), amount),
  )
}

const hrandfield: Run = ({ db, server }, argv) => {
  const [, key, count] = argv
  if (count === undefined) {
    const hash = db.hash(key)
    return hash ? hash.names[server.random.below(hash.size)] : null
  }
  const { count: wanted, withMore } = parseDraw(argv, 'WITHVALUES')
  const hash = db.hash(key)
  if (!hash) return []
  const places = drawPlaces(hash.size, wanted, server.random)
  if (!withMore) return places.map((place) => hash.names[place])
  return new Typed(
    'pairs',
    places.flatMap((place) => [hash.names[place], hash.values[place]]),
  )
}

const hscan: Run = ({ db }, argv) => {
  const cursor = parseCursor(argv[2])
  const hash = db.hash(argv[1])
  if (!hash) return scanned(0, [])
  const options = scanOptions(new Words(argv, 3))
  if (hash.isPacked) return scanned(0, fieldsBetween(hash, 0, hash.size, options))
  const { from, to } = scanStep(hash.size, cursor, options.count)
  return scanned(to, fieldsBetween(hash, to, from, options))
}

function fieldsBetween(
  hash: Hash,
  from: number,
  to: number,
  options: ReturnType<typeof scanOptions>,
): Reply[] {
  const items: Reply[] = []
  for (let i = from; i < to; i++)
    if (passes(options, hash.names[i])) items.push(hash.names[i], hash.values[i])
  return items
}

export const hashes = family('hash', rows, {
  hsetnx,
  hdel,
  hincrby,
  hincrbyfloat,
  hrandfield,
  hscan,
  hset: setFields('count'),
  hmset: setFields('ok'),
  hget: ({ db }, [, key, field]) => db.hash(key)?.get(field) ?? null,
  hmget: ({ db }, [, key, ...fields]) => {
    const hash = db.hash(key)
    return fields.map((field) => hash?.get(field) ?? null)
  },
  hgetall: ({ db }, [, key]) => new Typed('map', db.hash(key)?.pairs() ?? []),
  hkeys: ({ db }, [, key]) => [...(db.hash(key)?.names ?? [])],
  hvals: ({ db }, [, key]) => [...(db.hash(key)?.values ?? [])],
  hlen: ({ db }, [, key]) => db.hash(key)?.size ?? 0,
  hexists: ({ db }, [, key, field]) => (db.hash(key)?.has(field) ? 1 : 0),
  hstrlen: ({ db }, [, key, field]) => db.hash(key)?.get(field)?.length ?? 0,
})
