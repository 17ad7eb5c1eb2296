import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { parseCount } from '../numbers.js'
import { OK, RedisError, syntaxError, wrongArity } from '../reply.js'
import { Bytes } from '../values/bytes.js'
import { isTimeOption, timeOf, Words } from '../words.js'
import { counters } from './counters.js'
import { longestCommon } from './lcs.js'
import rows from './strings.json' with { type: 'json' }

const tooLong = () => new RedisError('ERR string exceeds maximum allowed size (proto-max-bulk-len)')

const get: Run = ({ db }, [, key]) => db.stringReply(key)

interface SetOptions {
  condition: string
  expiresAt: number | undefined
  keepsTime: boolean
  gives: boolean
}

/** Whether a word gives a time, and is the first that does or repeats it: the last value counts. */
const mayRepeat = (option: string, time: [string, string] | undefined) =>
  isTimeOption(option) && (!time || time[0] === option)

/** The options of SET; those that exclude each other are a syntax error, which comes before errors of times. */
function setOptions(words: Words, client: Client): SetOptions {
  const options: SetOptions = { condition: '', expiresAt: undefined, keepsTime: false, gives: false }
  let time: [string, string] | undefined
  while (words.more) {
    const option = words.option()
    if ((option === 'NX' || option === 'XX') && ['', option].includes(options.condition))
      options.condition = option
    else if (option === 'GET') options.gives = true
    else if (option === 'KEEPTTL' && !time) options.keepsTime = true
    else if (mayRepeat(option, time) && !options.keepsTime && words.more) time = [option, words.next()]
    else throw syntaxError()
  }
  if (time) options.expiresAt = timeOf(...time, client.server.now, 'set')
  return options
}

const set: Run = (client, argv) => {
  const { db } = client
  const [, key, value] = argv
  if (argv.length === 3) {
    db.put(key, value, undefined, 'set')
    return OK
  }
  const { condition, expiresAt, keepsTime, gives } = setOptions(new Words(argv, 3), client)
  const before = gives ? db.stringReply(key) : null
  const exists = db.has(key)
  if (condition !== '' && exists !== (condition === 'XX')) return before
  db.put(key, value, keepsTime ? db.expiresAt(key) : expiresAt, 'set')
  if (expiresAt !== undefined) db.notify(key, 'expire')
  return gives ? before : OK
}

function setExpiring(option: string): Run {
  return ({ db, server }, [name, key, time, value]) => {
    db.put(key, value, timeOf(option, time, server.now, name.toLowerCase()), 'set')
    db.notify(key, 'expire')
    return OK
  }
}

const setnx: Run = ({ db }, [, key, value]) => {
  if (db.has(key)) return 0
  db.put(key, value, undefined, 'set')
  return 1
}

const getset: Run = ({ db }, [, key, value]) => {
  const before = db.stringReply(key)
  db.put(key, value, undefined, 'set')
  return before
}

const getdel: Run = ({ db }, [, key]) => {
  const value = db.stringReply(key)
  if (value === null) return null
  db.delete(key, 'del')
  return value
}

const getex: Run = ({ db, server }, argv) => {
  const words = new Words(argv, 2)
  let time: [string, string] | undefined
  let persists = false
  while (words.more) {
    const option = words.option()
    if (option === 'PERSIST' && !time) persists = true
    else if (mayRepeat(option, time) && !persists && words.more) time = [option, words.next()]
    else throw syntaxError()
  }
  const key = argv[1]
  const value = db.stringReply(key)
  if (value === null) return null
  if (time) {
    const at = timeOf(...time, server.now, 'getex')
    if (at <= server.now) db.delete(key, 'del')
    else db.expire(key, at, 'expire')
  }
  if (persists && db.expiresAt(key) !== Number.POSITIVE_INFINITY)
    db.expire(key, Number.POSITIVE_INFINITY, 'persist')
  return value
}

const mget: Run = ({ db }, [, ...keys]) =>
  keys.map((key) => {
    const value = db.get(key)
    if (value instanceof Bytes) return value.reply()
    return typeof value === 'string' ? value : null
  })

function setMany(isConditional: boolean): Run {
  return ({ db }, argv) => {
    if (argv.length % 2 === 0) throw wrongArity(argv[0].toLowerCase())
    if (isConditional) {
      for (let i = 1; i < argv.length; i += 2) if (db.has(argv[i])) return 0
    }
    for (let i = 1; i < argv.length; i += 2) db.put(argv[i], argv[i + 1], undefined, 'set')
    return isConditional ? 1 : OK
  }
}

const append: Run = ({ db, server }, [, key, text]) => {
  const before = db.get(key)
  if (before === undefined) {
    db.put(key, text, undefined, 'append')
    return text.length
  }
  const length = db.stringValue(key)?.length ?? 0
  if (length + text.length > server.settings.protoMaxBulkLen) throw tooLong()
  const bytes = db.bytes(key)
  bytes.write(bytes.length, text)
  db.changed(key, 'append')
  return bytes.length
}

const strlen: Run = ({ db }, [, key]) => db.stringValue(key)?.length ?? 0

const getrange: Run = ({ db }, [, key, first, last]) => {
  const [from, to] = [parseCount(first), parseCount(last)]
  const value = db.stringValue(key) ?? ''
  const { length } = value
  if (from < 0 && to < 0 && from > to) return ''
  const start = from < 0 ? Math.max(0, length + from) : from
  const end = to < 0 ? Math.max(0, length + to) : Math.min(to, length - 1)
  if (start > end) return ''
  return typeof value === 'string' ? value.slice(start, end + 1) : value.reply(start, end + 1)
}

const setrange: Run = ({ db, server }, [, key, at, text]) => {
  const offset = parseCount(at)
  if (offset < 0) throw new RedisError('ERR offset is out of range')
  const length = db.stringValue(key)?.length ?? 0
  if (text.length === 0) return length
  if (offset + text.length > server.settings.protoMaxBulkLen) throw tooLong()
  const bytes = db.bytes(key)
  bytes.write(offset, text)
  db.changed(key, 'setrange')
  return bytes.length
}

const lcs: Run = ({ db, server }, argv) => {
  const texts = [argv[1], argv[2]].map((key) => {
    const value = db.get(key) ?? ''
    if (typeof value === 'string' || value instanceof Bytes) return value
    throw new RedisError('ERR The specified keys must contain string values')
  })
  const words = new Words(argv, 3)
  const options = { length: false, places: false, least: 0, lengths: false }
  while (words.more) {
    const option = words.option()
    if (option === 'LEN') options.length = true
    else if (option === 'IDX') options.places = true
    else if (option === 'WITHMATCHLEN') options.lengths = true
    else if (option === 'MINMATCHLEN' && words.more) options.least = Math.max(0, words.count())
    else throw syntaxError()
  }
  if (options.length && options.places)
    throw new RedisError('ERR If you want both the length and indexes, please just use IDX.')
  return longestCommon(texts[0], texts[1], options, server.settings.protoMaxBulkLen)
}

export const strings = family('string', rows, {
  ...counters,
  get,
  set,
  setnx,
  getset,
  getdel,
  getex,
  mget,
  lcs,
  append,
  strlen,
  setrange,
  getrange,
  substr: getrange,
  setex: setExpiring('EX'),
  psetex: setExpiring('PX'),
  mset: setMany(false),
  msetnx: setMany(true),
})
