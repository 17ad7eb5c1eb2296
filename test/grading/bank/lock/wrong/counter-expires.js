// slip: tokens
// The counter expires after an hour.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  await redis.call('EXPIRE', `token:${name}`, 3600)
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? token : null
}

export const acquireWithin = waiting(acquire)
