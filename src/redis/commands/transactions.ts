import type { Client } from '../client.js'
import { type Answer, family, type Run } from '../command.js'
import { NO_ARRAY, OK, RedisError, type Reply } from '../reply.js'
import rows from './transactions.json' with { type: 'json' }

/** Ends a transaction without running it. */
export function endTransaction(client: Client): void {
  client.queue = undefined
  client.isSpoiled = false
  client.server.watches.forget(client)
}

const multi: Run = (client) => {
  if (client.queue) throw new RedisError('ERR MULTI calls can not be nested')
  client.queue = []
  return OK
}

const exec: Run = (client): Answer => {
  client.server.watches.expire(client)
  const { queue, isDirty, isSpoiled, server } = client
  if (!queue) throw new RedisError('ERR EXEC without MULTI')
  endTransaction(client)
  if (isSpoiled) throw new RedisError('EXECABORT Transaction discarded because of previous errors.')
  if (isDirty) return NO_ARRAY
  client.inTransaction = true
  try {
    return queue.map((words) => server.call(client, server.find(words)!, words) as Reply)
  } finally {
    client.inTransaction = false
  }
}

const discard: Run = (client) => {
  if (!client.queue) throw new RedisError('ERR DISCARD without MULTI')
  endTransaction(client)
  return OK
}

const watch: Run = (client, [, ...keys]) => {
  if (client.queue) throw new RedisError('ERR WATCH inside MULTI is not allowed')
  if (!client.isDirty) for (const key of keys) client.server.watches.add(client, key)
  return OK
}

const unwatch: Run = (client) => {
  client.server.watches.forget(client)
  return OK
}

export const transactions = family('transactions', rows, { multi, exec, discard, watch, unwatch })
