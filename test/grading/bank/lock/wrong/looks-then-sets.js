// slip: race, tokens
// Looks whether it is free, and then takes it.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  if ((await redis.call('GET', `lock:${name}`)) !== null) return null
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'PX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  return (await redis.call('EXEC'))[1]
}

export const acquireWithin = waiting(acquire)
