import type { Client } from '../client.js'
import { family, type Run } from '../command.js'
import { OK, RedisError } from '../reply.js'
import { HyperLogLog } from '../values/hyperloglog.js'
import rows from './hyperloglogs.json' with { type: 'json' }

/** More than the registers and their header. */
const MAX_BYTES = 1 << 16

const notCounted = () => new RedisError('WRONGTYPE Key is not a valid HyperLogLog string value.')

function logAt({ db }: Client, key: string): HyperLogLog | undefined {
  const text = db.string(key, MAX_BYTES)
  if (text === undefined) return undefined
  const log = HyperLogLog.from(text)
  if (!log) throw notCounted()
  return log
}

const pfadd: Run = (client, [, key, ...elements]) => {
  const found = logAt(client, key)
  const log = found ?? new HyperLogLog()
  const changed = elements.filter((element) => log.add(element)).length > 0
  if (changed || !found) client.db.replace(key, log.toString())
  return changed || !found ? 1 : 0
}

function merged(client: Client, keys: readonly string[]): HyperLogLog {
  const result = new HyperLogLog()
  for (const key of keys) {
    const log = logAt(client, key)
    if (log) result.merge(log)
  }
  return result
}

const pfmerge: Run = (client, [, target, ...sources]) => {
  const result = merged(client, [target, ...sources])
  client.db.replace(target, result.toString())
  return OK
}

export const hyperLogLogs = family('hyperloglog', rows, {
  pfadd,
  pfmerge,
  pfcount: (client, [, ...keys]) => merged(client, keys).count(),
})
