import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { integerReply } from '../numbers.js'
import { OK, quotedText, RedisError, Status } from '../reply.js'
import { Bytes, viewOf } from '../values/bytes.js'
import { countOf, HyperLogLog, merge, REGISTERS } from '../values/hyperloglog.js'
import { forEachRun } from '../values/sparse-registers.js'
import rows from './hyperloglogs.json' with { type: 'json' }

const noLog = () => new RedisError('WRONGTYPE Key is not a valid HyperLogLog string value.')

/** The HyperLogLog of a key, to read; undefined where there is no key. */
function logAt({ db }: Client, key: string): HyperLogLog | undefined {
  const value = db.stringValue(key)
  if (value === undefined) return undefined
  const bytes = viewOf(value)
  if (!HyperLogLog.isIn(bytes)) throw noLog()
  return new HyperLogLog(bytes)
}

/** The same, to write. */
function writableAt(client: Client, key: string): HyperLogLog | undefined {
  if (!logAt(client, key)) return undefined
  return new HyperLogLog(client.db.bytes(key).writable(), client.server.settings.hllSparseMaxBytes)
}

const emptyLog = ({ server }: Client) => new HyperLogLog(undefined, server.settings.hllSparseMaxBytes)

function keep({ db }: Client, key: string, log: HyperLogLog): void {
  db.replace(key, new Bytes(log.bytes), 'pfadd')
}

const pfadd: Run = (client, [, key, ...elements]) => {
  const found = writableAt(client, key)
  const log = found ?? emptyLog(client)
  let changes = found ? 0 : 1
  try {
    for (const element of elements) if (log.add(element)) changes++
  } finally {
    // What was added before a corrupted place was found stays.
    if (changes > 0) {
      log.changed()
      keep(client, key, log)
    }
  }
  return changes > 0 ? 1 : 0
}

function merged(client: Client, keys: readonly string[]): { registers: Uint8Array; isDense: boolean } {
  const registers = new Uint8Array(REGISTERS)
  let isDense = false
  for (const key of keys) {
    const log = logAt(client, key)
    if (!log) continue
    merge(registers, log.registers())
    if (!log.isSparse) isDense = true
  }
  return { registers, isDense }
}

const pfmerge: Run = (client, [, target, ...sources]) => {
  const { registers, isDense } = merged(client, [target, ...sources])
  const log = (client.db.has(target) && writableAt(client, target)) || emptyLog(client)
  if (isDense) log.toDense()
  for (const [register, value] of registers.entries()) if (value > 0) log.raise(register, value)
  log.changed()
  keep(client, target, log)
  return OK
}

const pfcount: Run = (client, [, ...keys]) => {
  if (keys.length > 1) return countOf(merged(client, keys).registers)
  const log = writableAt(client, keys[0])
  if (!log) return 0
  const { lastCount } = log
  if (lastCount !== undefined) return integerReply(lastCount)
  const count = log.count()
  client.db.changed(keys[0])
  return count
}

/** The runs of a sparse HyperLogLog: zeros as z or, in two bytes, as Z; others as v with their value. */
function decoded(log: HyperLogLog): string {
  if (!log.isSparse) throw new RedisError('ERR HLL encoding is not sparse')
  const runs: string[] = []
  forEachRun(log.codes, (value, length, isLong) => {
    runs.push(value > 0 ? `v:${value},${length}` : `${isLong ? 'Z' : 'z'}:${length}`)
  })
  return runs.join(' ')
}

const pfdebug: Run = (client, [, subcommand, key]) => {
  const log = writableAt(client, key)
  if (!log) throw new RedisError('ERR The specified key does not exist')
  const toDense = () => {
    if (!log.isSparse) return 0
    log.toDense()
    client.db.recode(key, new Bytes(log.bytes))
    return 1
  }
  switch (subcommand.toLowerCase()) {
    case 'getreg':
      toDense()
      return [...log.registers()]
    case 'decode':
      return decoded(log)
    case 'encoding':
      return new Status(log.isSparse ? 'sparse' : 'dense')
    case 'todense':
      return toDense()
    default:
      throw new RedisError(`ERR Unknown PFDEBUG subcommand '${quotedText(subcommand)}'`)
  }
}

/** Elements of a self-test, and how far a count may be from them: six standard errors. */
const MAX_ADDED = 100_000
const MAX_ERROR = (6 * 1.04) / Math.sqrt(REGISTERS)

/** Adds elements to a sparse and to a dense HyperLogLog, and compares both counts with their number. */
const pfselftest: Run = (client) => {
  const [sparse, dense] = [emptyLog(client), emptyLog(client)]
  dense.toDense()
  const salt = client.server.random.next()
  for (let added = 1, checked = 1; added <= MAX_ADDED; added++) {
    for (const log of [sparse, dense]) log.add(`${salt}/${added}`)
    if (added < checked) continue
    checked *= 10
    const count = dense.count()
    if (sparse.count() !== count) throw new RedisError('ERR TESTFAILED dense/sparse disagree')
    const error = Math.abs(count - added)
    if (error > (added === 10 ? 1 : Math.ceil(MAX_ERROR * added)))
      throw new RedisError(`ERR TESTFAILED Too big error. card:${added} abserr:${error}`)
  }
  return OK
}

export const hyperLogLogs = family('hyperloglog', rows, { pfadd, pfmerge, pfcount, pfdebug, pfselftest })
