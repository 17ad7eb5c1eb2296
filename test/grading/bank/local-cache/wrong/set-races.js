// slip: room, whole
// A set does not overtake loads.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  set(at, key, value) {
    this.store(key, value, at)
  }
}

export const replay = replayOn(Cache)
