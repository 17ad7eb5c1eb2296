// slip: set, whole, races, room
// A set ends the copy, and stores none.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  set(_at, key) {
    this.overtakeLoads(key)
    this.copies.delete(key)
  }
}

export const replay = replayOn(Cache)
