// fails: expiry, owner, schedule, tokens, waiting
// The lock never ends.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, _ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX')
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? token : null
}

export const acquireWithin = waiting(acquire)
