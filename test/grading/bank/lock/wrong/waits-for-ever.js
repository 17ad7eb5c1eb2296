// slip: waiting
// Does not give up.
import { acquire } from '../right/plain.js'

export * from '../right/plain.js'

export async function acquireWithin(name, owner, ttlMs, _waitMs, redis) {
  for (;;) {
    const token = await acquire(name, owner, ttlMs, redis)
    if (token !== null) return token
    await redis.sleep(50)
  }
}
