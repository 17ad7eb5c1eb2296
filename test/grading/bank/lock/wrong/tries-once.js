// slip: waiting
// Tries once.
import { acquire } from '../right/plain.js'

export * from '../right/plain.js'

export const acquireWithin = (name, owner, ttlMs, _waitMs, redis) => acquire(name, owner, ttlMs, redis)
