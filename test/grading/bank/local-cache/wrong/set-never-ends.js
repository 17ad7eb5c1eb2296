// slip: set, whole
// The value of a set never ends.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  set(_at, key, value) {
    super.set(Number.MAX_SAFE_INTEGER, key, value)
  }
}

export const replay = replayOn(Cache)
