// slip: schedule, tokens
// A random number for a token.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  const token = 1 + Math.floor(Math.random() * 1e9)
  return (await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)) === null ? null : token
}

export const acquireWithin = waiting(acquire)
