// fails: age, expiry, set, whole
// Copies live for ever.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  constructor(settings) {
    super({ ...settings, ttlMs: Number.POSITIVE_INFINITY })
  }
}

export const replay = replayOn(Cache)
