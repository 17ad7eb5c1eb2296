// fails: expiry, schedule, tokens, waiting
// Remembers that it is held, and does not ask again.
import { waiting } from '../waiting.js'

export * from '../right/plain.js'

const held = new Set()

export async function acquire(name, owner, ttlMs, redis) {
  if (held.has(name)) return null
  await redis.call('MULTI')
  await redis.call('SET', `lock:${name}`, owner, 'NX', 'PX', ttlMs)
  await redis.call('INCR', `token:${name}`)
  const [taken, token] = await redis.call('EXEC')
  if (taken === 'OK') held.add(name)
  return taken === 'OK' ? token : null
}

export async function release(name, owner, redis) {
  held.delete(name)
  return (await redis.call('DELIFEQ', `lock:${name}`, owner)) === 1
}

export const acquireWithin = waiting(acquire)
