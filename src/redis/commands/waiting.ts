import type { Client, Waiting } from '../client.js'
import type { Answer } from '../command.js'
import { floatIn } from '../numbers.js'
import { RedisError, type Reply, WAITS } from '../reply.js'

const NEVER = Number.POSITIVE_INFINITY
const MAX_MS = 2 ** 63

/** When a timeout in seconds ends; 0 stands for never. */
export function parseTimeout({ server }: Client, text: string): number {
  const seconds = floatIn(text)
  if (seconds === undefined) throw new RedisError('ERR timeout is not a float or out of range')
  // A timeout that overflows 64 bits is negative in Redis, too.
  if (seconds < 0 || seconds * 1000 >= MAX_MS) throw new RedisError('ERR timeout is negative')
  return seconds === 0 ? NEVER : server.now + Math.ceil(seconds * 1000)
}

/** Tries the keys in order, and blocks the client if all are empty, except inside a transaction. */
export function waitFor(
  client: Client,
  type: Waiting['type'],
  keys: readonly string[],
  deadline: number,
  late: Reply,
  attempt: (key: string) => Reply | undefined,
): Answer {
  for (const key of keys) {
    const reply = attempt(key)
    if (reply !== undefined) return reply
  }
  if (client.inTransaction) return late
  client.server.blocking.add(client, { db: client.db, type, keys, deadline, late, attempt })
  return WAITS
}
