// slip: tokens
// Counts, and then takes the lock.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  const token = await redis.call('INCR', `token:${name}`)
  return (await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)) === null ? null : token
}

export const acquireWithin = waiting(acquire)
