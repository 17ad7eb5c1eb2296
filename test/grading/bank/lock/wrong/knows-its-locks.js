// slip: owner
// Remembers its locks itself, and releases only those.
import { acquire as right } from '../right/plain.js'

export * from '../right/plain.js'

const own = new Map()

export async function acquire(name, owner, ttlMs, redis) {
  const token = await right(name, owner, ttlMs, redis)
  if (token !== null) own.set(name, owner)
  return token
}

export async function release(name, owner, redis) {
  if (own.get(name) !== owner) return false
  return (await redis.call('DELIFEQ', `lock:${name}`, owner)) === 1
}
