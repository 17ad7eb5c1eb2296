// slip: expiry
// The expiry is a second command.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX')
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = await redis.call('EXEC')
  if (taken !== 'OK') return null
  await redis.call('PEXPIRE', `lock:${name}`, ttlMs)
  return token
}

export const acquireWithin = waiting(acquire)
