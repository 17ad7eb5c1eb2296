import type { Run } from '../command.js'
import { dumped, isWhole } from '../dump/dump.js'
import { restored } from '../dump/restore.js'
import { parseInteger } from '../numbers.js'
import { OK, RedisError, syntaxError } from '../reply.js'
import { Words } from '../words.js'

export const dump: Run = ({ db, server }, [, key]) => {
  const value = db.get(key)
  return value === undefined ? null : dumped(value, server.settings).toString('latin1')
}

interface Options {
  readonly replaces: boolean
  readonly isAbsolute: boolean
  readonly idleSeconds: number | undefined
  readonly uses: number | undefined
}

function optionsIn(words: Words): Options {
  let [replaces, isAbsolute] = [false, false]
  let [idleSeconds, uses]: (number | undefined)[] = []
  while (words.more) {
    if (words.takes('REPLACE')) replaces = true
    else if (words.takes('ABSTTL')) isAbsolute = true
    else if (uses === undefined && words.left > 1 && words.takes('IDLETIME')) {
      idleSeconds = words.count()
      if (idleSeconds < 0) throw new RedisError('ERR Invalid IDLETIME value, must be >= 0')
    } else if (idleSeconds === undefined && words.left > 1 && words.takes('FREQ')) {
      uses = words.count()
      if (uses < 0 || uses > 255) throw new RedisError('ERR Invalid FREQ value, must be >= 0 and <= 255')
    } else throw syntaxError()
  }
  return { replaces, isAbsolute, idleSeconds, uses }
}

export const restore: Run = ({ db, server }, argv) => {
  const [, key, ttl, text] = argv
  const { replaces, isAbsolute, idleSeconds, uses } = optionsIn(new Words(argv, 4))
  if (!replaces && db.has(key)) throw new RedisError('BUSYKEY Target key name already exists.')
  const time = parseInteger(ttl)
  if (time < 0) throw new RedisError('ERR Invalid TTL value, must be >= 0')
  const bytes = Buffer.from(text, 'latin1')
  if (!isWhole(bytes)) throw new RedisError('ERR DUMP payload version or checksum are wrong')
  const value = restored(bytes)
  if (value === undefined) throw new RedisError('ERR Bad data format')
  db.delete(key)
  // A time that has more than 64 bits is in the past.
  const at = isAbsolute ? time : BigInt.asIntN(64, time + BigInt(Math.trunc(server.now)))
  const expiresAt = time === 0n ? undefined : Number(at)
  if (expiresAt !== undefined && expiresAt <= server.now) return OK
  db.put(key, value, expiresAt, '')
  db.notify(key, 'restore')
  const entry = db.find(key)!
  if (server.settings.isCounting) {
    if (uses !== undefined) entry.count = uses
  } else if (idleSeconds !== undefined) entry.usedAt -= idleSeconds
  return OK
}
