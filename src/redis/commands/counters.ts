import type { Client } from '../client.js'
import type { Answer, Run } from '../command.js'
import { type LongDouble, longDoubleIn, sumOfLongDoubles, TOO_LONG } from '../long-double.js'
import { integerIn, integerReply, isInt64, parseInteger, smallIntegerIn } from '../numbers.js'
import { notFloat, notInteger, RedisError } from '../reply.js'
import { Bytes } from '../values/bytes.js'

/** Bytes that tell a number from what is none. */
const LONGEST_NUMBER = 1024

const overflows = () => new RedisError('ERR increment or decrement would overflow')

/** The sum of an integer's text and an increment, as text. */
export function incremented(text: string, by: bigint, error: () => RedisError = notInteger): string {
  const value = integerIn(text)
  if (value === undefined) throw error()
  const sum = value + by
  if (!isInt64(sum)) throw overflows()
  return sum.toString()
}

function increment({ db }: Client, key: string, by: bigint): Answer {
  const text = db.string(key, LONGEST_NUMBER) ?? '0'
  const small = smallIntegerIn(text)
  // Safe integers are added as numbers, which is faster than BigInt.
  const sum =
    small !== undefined && by > -1_000_000n && by < 1_000_000n
      ? String(small + Number(by))
      : incremented(text, by)
  db.replace(key, sum, 'incrby')
  return integerReply(BigInt(sum))
}

/** The same by one, the common case. */
function step(client: Client, key: string, by: 1 | -1): Answer {
  const text = client.db.string(key, LONGEST_NUMBER) ?? '0'
  const small = smallIntegerIn(text)
  if (small === undefined) return increment(client, key, BigInt(by))
  const sum = small + by
  client.db.replace(key, String(sum), 'incrby')
  return sum
}

const decrby: Run = (client, [, key, by]) => {
  const amount = parseInteger(by)
  if (amount === -(2n ** 63n)) throw new RedisError('ERR decrement would overflow')
  return increment(client, key, -amount)
}

/** A number that INCRBYFLOAT takes. Throws where a text is none. */
export function parseLongDouble(text: string, error: () => RedisError = notFloat): LongDouble {
  const value = longDoubleIn(text)
  if (value === undefined) throw error()
  return value
}

/** The sum of two numbers as text. Throws where it isn't finite. */
export function addedFloat(a: LongDouble, b: LongDouble): string {
  const sum = sumOfLongDoubles(a, b)
  if (sum === undefined) throw new RedisError('ERR increment would produce NaN or Infinity')
  return sum
}

const incrbyfloat: Run = ({ db }, [, key, by]) => {
  const sum = addedFloat(parseLongDouble(db.string(key, TOO_LONG) ?? '0'), parseLongDouble(by))
  db.replace(key, new Bytes(sum, 'embstr'), 'incrbyfloat')
  return sum
}

export const counters = {
  decrby,
  incrbyfloat,
  incr: (client, [, key]) => step(client, key, 1),
  decr: (client, [, key]) => step(client, key, -1),
  incrby: (client, [, key, by]) => increment(client, key, parseInteger(by)),
} satisfies Record<string, Run>
