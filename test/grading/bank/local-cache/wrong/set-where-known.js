// slip: set, whole, races, room
// A set changes copies that are there, and makes none.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  set(at, key, value) {
    if (this.copies.has(key)) super.set(at, key, value)
    else this.overtakeLoads(key)
  }
}

export const replay = replayOn(Cache)
