// slip: one
// One lock for all names.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(_name, owner, ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', 'lock', owner, 'NX', 'PX', ttlMs)
  await redis.call('INCR', 'token')
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? token : null
}

export const release = async (_name, owner, redis) => (await redis.call('DELIFEQ', 'lock', owner)) === 1

export const acquireWithin = waiting(acquire)
