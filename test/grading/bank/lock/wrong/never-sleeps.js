// slip: waiting
// Asks again and again, without sleep.
import { acquire } from '../right/plain.js'

export * from '../right/plain.js'

export async function acquireWithin(name, owner, ttlMs, waitMs, redis) {
  for (let tries = 0; tries < waitMs; tries++) {
    const token = await acquire(name, owner, ttlMs, redis)
    if (token !== null) return token
  }
  return null
}
