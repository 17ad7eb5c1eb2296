// slip: schedule, tokens
// The token is always 1.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export const acquire = async (name, owner, ttlMs, redis) =>
  (await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)) === null ? null : 1

export const acquireWithin = waiting(acquire)
