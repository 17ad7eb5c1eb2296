// fails: age, expiry, set, whole
// Takes the time to live for seconds.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  constructor(settings) {
    super({ ...settings, ttlMs: 1000 * settings.ttlMs })
  }
}

export const replay = replayOn(Cache)
