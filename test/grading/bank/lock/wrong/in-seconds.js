// fails: expiry, owner, schedule, tokens, waiting
// Takes the milliseconds for seconds.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX', 'EX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? token : null
}

export const acquireWithin = waiting(acquire)
