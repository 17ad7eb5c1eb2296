// slip: tokens
// Counts in its own memory.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

let last = 0

export async function acquire(name, owner, ttlMs, redis) {
  if ((await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)) === null) return null
  return ++last
}

export const acquireWithin = waiting(acquire)
