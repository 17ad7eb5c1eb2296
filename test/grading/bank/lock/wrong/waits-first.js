// slip: waiting
// Waits for the whole time, and then tries.
import { acquire } from '../right/plain.js'

export * from '../right/plain.js'

export async function acquireWithin(name, owner, ttlMs, waitMs, redis) {
  await redis.sleep(waitMs)
  return acquire(name, owner, ttlMs, redis)
}
