// slip: expiry, schedule, waiting
// Whoever asks makes it live longer.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX')
  await redis.call('INCR', `token:${name}`)
  await redis.call('PEXPIRE', `lock:${name}`, ttlMs)
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? token : null
}

export const acquireWithin = waiting(acquire)
