// slip: tokens
// Takes the lock, and then counts.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  if ((await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)) === null) return null
  return await redis.call('INCR', `token:${name}`)
}

export const acquireWithin = waiting(acquire)
