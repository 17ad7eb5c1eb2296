import type { Client } from '../client.js'
import type { Answer, Run } from '../command.js'
import { addLongDoubles, isLongDouble } from '../long-double.js'
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
  db.replace(key, sum)
  return integerReply(BigInt(sum))
}

/** The same by one, the common case. */
function step(client: Client, key: string, by: 1 | -1): Answer {
  const text = client.db.string(key, LONGEST_NUMBER) ?? '0'
  const small = smallIntegerIn(text)
  if (small === undefined) return increment(client, key, BigInt(by))
  const sum = small + by
  client.db.replace(key, String(sum))
  return sum
}

const decrby: Run = (client, [, key, by]) => {
  const amount = parseInteger(by)
  if (amount === -(2n ** 63n)) throw new RedisError('ERR decrement would overflow')
  return increment(client, key, -amount)
}

const isInfinite = (text: string) => /^[-+]?inf(inity)?$/i.test(text)

/** Throws where a text is no number that INCRBYFLOAT takes. */
export function checkFloat(text: string, error: () => RedisError = notFloat): void {
  if (!isLongDouble(text) && !isInfinite(text)) throw error()
}

/** The sum of two decimal texts. Throws where one of them isn't a number. */
export function addedFloat(text: string, by: string, error: () => RedisError = notFloat): string {
  checkFloat(text, error)
  checkFloat(by)
  const sum = addLongDoubles(text, by)
  if (sum === undefined) throw new RedisError('ERR increment would produce NaN or Infinity')
  return sum
}

const incrbyfloat: Run = ({ db }, [, key, by]) => {
  const sum = addedFloat(db.string(key, LONGEST_NUMBER) ?? '0', by)
  db.replace(key, new Bytes(sum, 'embstr'))
  return sum
}

export const counters = {
  decrby,
  incrbyfloat,
  incr: (client, [, key]) => step(client, key, 1),
  decr: (client, [, key]) => step(client, key, -1),
  incrby: (client, [, key, by]) => increment(client, key, parseInteger(by)),
} satisfies Record<string, Run>
