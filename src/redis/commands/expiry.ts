import type { Run } from '../command.js'
import { parseInteger } from '../numbers.js'
import { quotedText, RedisError } from '../reply.js'
import { NEVER } from '../time-source.js'
import { invalidTime, Words } from '../words.js'

const MOST = 2n ** 63n - 1n
interface Conditions {
  NX: boolean
  XX: boolean
  GT: boolean
  LT: boolean
}

function parseConditions(argv: readonly string[]): Conditions {
  const conditions = { NX: false, XX: false, GT: false, LT: false }
  const words = new Words(argv, 3)
  while (words.more) {
    const word = words.next()
    const option = word.toUpperCase()
    if (!Object.hasOwn(conditions, option))
      throw new RedisError(`ERR Unsupported option ${quotedText(word, word.length).replace(/[\r\n]+$/, '')}`)
    conditions[option as keyof Conditions] = true
  }
  const { NX, XX, GT, LT } = conditions
  if (NX && (XX || GT || LT))
    throw new RedisError('ERR NX and XX, GT or LT options at the same time are not compatible')
  if (GT && LT) throw new RedisError('ERR GT and LT options at the same time are not compatible')
  return conditions
}

/** Sets when a key expires: in units of so many milliseconds, from now or since 1970. */
function expiring(unit: bigint, isAbsolute: boolean): Run {
  return ({ db, server }, argv) => {
    const [name, key, text] = argv
    const conditions = parseConditions(argv)
    const value = parseInteger(text)
    const scaled = value * unit
    const time = scaled + (isAbsolute ? 0n : BigInt(server.now))
    if (scaled > MOST || scaled < -MOST - 1n || time > MOST) throw invalidTime(name.toLowerCase())
    if (!db.has(key)) return 0
    const before = db.expiresAt(key)
    const at = Number(time)
    const { NX, XX, GT, LT } = conditions
    if ((NX && before !== NEVER) || (XX && before === NEVER)) return 0
    if ((GT && at <= before) || (LT && at >= before)) return 0
    if (at <= server.now) db.delete(key, 'del')
    else db.expire(key, at, 'expire')
    return 1
  }
}

/** Times left are rounded to the nearest second, points in time are rounded down. */
function telling(unit: number, isAbsolute: boolean): Run {
  return ({ db, server }, [, key]) => {
    if (!db.peek(key)) return -2
    const at = db.expiresAt(key)
    if (at === NEVER) return -1
    if (isAbsolute) return Math.floor(at / unit)
    const left = at - server.now
    return unit === 1 ? left : Math.floor((left + unit / 2) / unit)
  }
}

const persist: Run = ({ db }, [, key]) => {
  if (db.expiresAt(key) === NEVER) return 0
  db.expire(key, NEVER, 'persist')
  return 1
}

export const expiry = {
  persist,
  expire: expiring(1000n, false),
  pexpire: expiring(1n, false),
  expireat: expiring(1000n, true),
  pexpireat: expiring(1n, true),
  ttl: telling(1000, false),
  pttl: telling(1, false),
  expiretime: telling(1000, true),
  pexpiretime: telling(1, true),
} satisfies Record<string, Run>
