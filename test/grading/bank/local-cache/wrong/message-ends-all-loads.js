// slip: races, whole
// A message ends the loads of all keys.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  invalidate(key, number) {
    super.invalidate(key, number)
    this.loads.clear()
  }
}

export const replay = replayOn(Cache)
