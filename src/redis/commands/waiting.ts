import type { Client, Waiting } from '../client.js'
import type { Answer } from '../command.js'
import { doubleOf, longDoubleIn } from '../long-double.js'
import { parseInteger } from '../numbers.js'
import { NO_ARRAY, RedisError, type Reply, WAITS } from '../reply.js'
import { NEVER } from '../time-source.js'

const MAX_MS = 2 ** 63

/** When a timeout in seconds ends; 0 stands for never. */
export function parseTimeout({ server }: Client, text: string): number {
  const seconds = longDoubleIn(text)
  if (seconds === undefined) throw new RedisError('ERR timeout is not a float or out of range')
  // What is too small for a double is a millisecond, too.
  const ms = Math.ceil(doubleOf(seconds) * 1000) || (seconds.mantissa > 0n ? 1 : 0)
  // A timeout that overflows 64 bits is negative in Redis, too.
  if (ms < 0 || ms >= MAX_MS) throw new RedisError('ERR timeout is negative')
  return ms === 0 ? NEVER : server.now + ms
}

/** The same for a whole number of milliseconds. */
export function parseTimeoutMs({ server }: Client, text: string): number {
  const ms = parseInteger(text, () => new RedisError('ERR timeout is not an integer or out of range'))
  if (ms < 0n) throw new RedisError('ERR timeout is negative')
  return ms === 0n ? NEVER : server.now + Number(ms)
}

/** Tries the keys in order. If all are empty it blocks the client, except inside a transaction, where it replies `none`. */
export function waitFor(...[client, type, keys, deadline, none, attempt]: Parameters<typeof block>): Answer {
  for (const key of keys) {
    const reply = attempt(key)
    if (reply !== undefined) return reply
  }
  return block(client, type, keys, deadline, none, attempt)
}

/** Blocks the client until one of the keys has something for it; inside a transaction it replies `none` at once. */
export function block(
  client: Client,
  type: Waiting['type'],
  keys: readonly string[],
  deadline: number,
  none: Reply,
  attempt: (key: string) => Reply | undefined,
): Answer {
  if (client.inTransaction) return none
  client.server.blocking.add(client, { db: client.db, type, keys, deadline, late: NO_ARRAY, attempt })
  return WAITS
}
