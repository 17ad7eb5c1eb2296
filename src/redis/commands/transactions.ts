import type { Client } from '../client.js'
import { type Answer, family, type Run } from '../command.js'
import { NO_ARRAY, OK, RedisError } from '../reply.js'

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
  const { queue, isDirty, isSpoiled, server } = client
  if (!queue) throw new RedisError('ERR EXEC without MULTI')
  endTransaction(client)
  if (isSpoiled) throw new RedisError('EXECABORT Transaction discarded because of previous errors.')
  if (isDirty) return NO_ARRAY
  client.inTransaction = true
  try {
    return server.executeAll(client, queue)
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
  for (const key of keys) client.server.watches.add(client, key)
  return OK
}

const unwatch: Run = (client) => {
  client.server.watches.forget(client)
  return OK
}

const table = `
discard ¦ 1 ¦ noscript loading stale fast allow_busy ¦ 0 0 0 ¦ O(N) for N commands queued ¦  ¦ forgets the queued commands
exec ¦ 1 ¦ noscript loading stale skip_slowlog ¦ 0 0 0 ¦ the commands' ¦  ¦ runs the queued commands, all of them and nothing between
multi ¦ 1 ¦ noscript loading stale fast allow_busy ¦ 0 0 0 ¦ O(1) ¦  ¦ begins to queue commands
unwatch ¦ 1 ¦ noscript loading stale fast allow_busy ¦ 0 0 0 ¦ O(1) ¦  ¦ watches no key any more
watch ¦ -2 ¦ noscript loading stale fast allow_busy ¦ 1 -1 1 ¦ O(N) for N keys ¦ key [key ...] ¦ lets EXEC fail if a key changes before it
`

export const transactions = family('transactions', table, { multi, exec, discard, watch, unwatch })
