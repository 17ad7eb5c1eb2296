// slip: waiting
// Tries once a second.
import { acquire } from '../right/plain.js'

export * from '../right/plain.js'

export async function acquireWithin(name, owner, ttlMs, waitMs, redis) {
  for (let waited = 0; ; waited += 1000) {
    const token = await acquire(name, owner, ttlMs, redis)
    if (token !== null || waited >= waitMs) return token
    await redis.sleep(1000)
  }
}
