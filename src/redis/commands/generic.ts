import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import type { Database, Entry } from '../database.js'
import { matchesGlob } from '../glob.js'
import { parseInt32 } from '../numbers.js'
import { noSuchKey, OK, RedisError, Status, syntaxError } from '../reply.js'
import { scanStep } from '../values/indexed-map.js'
import { copyOf, encodingOf, typeOf } from '../values/value.js'
import { work } from '../values/work.js'
import { Words } from '../words.js'
import { notInCluster } from './cluster.js'
import { dump, restore } from './dumping.js'
import { expiry } from './expiry.js'
import rows from './generic.json' with { type: 'json' }
import { parseCursor, passes, scanned, scanOptions } from './scanning.js'
import { sort, sortReadOnly } from './sorting.js'

const remove: Run = ({ db }, [, ...keys]) => keys.filter((key) => db.delete(key, 'del')).length

const count: Run = ({ db }, [, ...keys]) => keys.filter((key) => db.peek(key)).length

function rename({ db }: Client, source: string, target: string): void {
  const entry = db.find(source)
  if (!entry) throw noSuchKey()
  if (source === target) return
  const { value } = entry
  const expiresAt = db.expiresAt(source)
  db.delete(target)
  db.delete(source)
  db.put(target, value, expiresAt, '')
  db.notify(source, 'rename_from')
  db.notify(target, 'rename_to')
}

const renamenx: Run = (client, [, source, target]) => {
  const { db } = client
  if (!db.has(source)) throw noSuchKey()
  if (db.has(target)) return 0
  rename(client, source, target)
  return 1
}

/** A database by its number. */
export function databaseAt({ server }: Client, index: number): Database {
  const db = server.databases[index]
  if (!db) throw new RedisError('ERR DB index is out of range')
  return db
}

const sameObjects = () => new RedisError('ERR source and destination objects are the same')

const copy: Run = (client, argv) => {
  const [, source, target] = argv
  const words = new Words(argv, 3)
  let { db: into } = client
  let replaces = false
  while (words.more) {
    const option = words.option()
    if (option === 'REPLACE') replaces = true
    else if (option === 'DB' && words.more) into = databaseAt(client, parseInt32(words.next()))
    else throw syntaxError()
  }
  if (client.server.cluster && into.index !== 0) throw notInCluster('Copying to another database is')
  if (into === client.db && source === target) throw sameObjects()
  const value = client.db.get(source)
  if (value === undefined || (into.has(target) && !replaces)) return 0
  const expiresAt = client.db.expiresAt(source)
  into.delete(target)
  into.put(target, copyOf(value), expiresAt, '')
  into.notify(target, 'copy_to')
  return 1
}

const move: Run = (client, [, key, to]) => {
  if (client.server.cluster) throw notInCluster('MOVE is')
  const into = databaseAt(client, parseInt32(to))
  if (into === client.db) throw sameObjects()
  const entry = client.db.find(key)
  if (!entry || into.has(key)) return 0
  const expiresAt = client.db.expiresAt(key)
  client.db.delete(key)
  into.put(key, entry.value, expiresAt, '')
  client.db.notify(key, 'move_from')
  into.notify(key, 'move_to')
  return 1
}

const keys: Run = ({ db }, [, pattern]) => {
  work.steps += db.size
  return db.list.map(({ key }) => key).filter((key) => pattern === '*' || matchesGlob(pattern, key))
}

const scan: Run = ({ db }, argv) => {
  const cursor = parseCursor(argv[1])
  const options = scanOptions(new Words(argv, 2), true)
  const { from, to } = scanStep(db.size, cursor, options.count)
  work.steps += from - to
  const found = db.list
    .slice(to, from)
    .filter(({ value }) => options.type === undefined || typeOf(value) === options.type)
    .map(({ key }) => key)
  return scanned(
    to,
    found.filter((key) => passes(options, key)),
  )
}

/** A reply of OBJECT about a key; reading the key here doesn't count as a use. */
const object =
  (tell: (entry: Entry, client: Client) => string | number): Run =>
  (client, [, , key]) => {
    const entry = client.db.find(key)
    return entry ? tell(entry, client) : null
  }

const idleTime = ({ usedAt }: Entry, { server }: Client) => {
  if (server.settings.isCounting)
    throw new RedisError(
      'ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
    )
  return Math.max(0, Math.floor(server.now / 1000) - usedAt)
}

const frequency = (entry: Entry, { server }: Client) => {
  if (!server.settings.isCounting)
    throw new RedisError(
      'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
    )
  return server.keyspace.eviction.countOf(entry, server.now)
}

/** The reference count of small integers, which all keys share. */
const SHARED = 2 ** 31 - 1

/** Integers are not shared where each key has a time of its last use for eviction. */
const references = ({ value }: Entry, { server }: Client) => {
  const { maxmemory, maxmemoryPolicy } = server.settings
  const areShared = maxmemory === 0 || !/l[rf]u$/.test(maxmemoryPolicy)
  return areShared && typeof value === 'string' && /^\d{1,4}$/.test(value) && encodingOf(value) === 'int'
    ? SHARED
    : 1
}

export const generic = family('generic', rows, {
  renamenx,
  copy,
  dump,
  restore,
  move,
  keys,
  scan,
  sort,
  sort_ro: sortReadOnly,
  ...expiry,
  del: remove,
  unlink: remove,
  exists: count,
  touch: ({ db }, [, ...keys]) => keys.filter((key) => db.get(key) !== undefined).length,
  rename: (client, [, source, target]) => {
    rename(client, source, target)
    return OK
  },
  type: ({ db }, [, key]) => {
    const entry = db.peek(key)
    return new Status(entry ? typeOf(entry.value) : 'none')
  },
  randomkey: ({ db, server }) => (db.size === 0 ? null : db.list[server.random.below(db.size)].key),
  'object|encoding': object(({ value }) => encodingOf(value)),
  'object|freq': object(frequency),
  'object|idletime': object(idleTime),
  'object|refcount': object(references),
})
