// slip: age, races, whole
// The age counts from the answer.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  loaded(at, load, key, value) {
    if (this.loads.has(load)) this.store(key, value, at)
    this.loads.delete(load)
  }
}

export const replay = replayOn(Cache)
