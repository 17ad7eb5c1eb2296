// fails: one, expiry, race, owner, tokens, schedule, waiting, release
// The token is a text.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? String(token) : null
}

export const acquireWithin = waiting(acquire)
