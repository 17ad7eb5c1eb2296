// slip: schedule, tokens
// Release deletes the counter, too.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

export async function acquire(name, owner, ttlMs, redis) {
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = await redis.call('EXEC')
  return taken === 'OK' ? token : null
}

export async function release(name, owner, redis) {
  if ((await redis.call('DELIFEQ', `lock:${name}`, owner)) !== 1) return false
  await redis.call('DEL', `token:${name}`)
  return true
}

export const acquireWithin = waiting(acquire)
