// fails: expiry, one, owner, race, release, schedule, tokens, waiting
// Sets the key whoever holds it.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  await redis.call('SET', `lock:${name}`, owner, 'PX', ttlMs)
  return await redis.call('INCR', `token:${name}`)
}

export const acquireWithin = waiting(acquire)
