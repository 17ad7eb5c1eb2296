// slip: races, whole
// A copy that is there stays, also where the answer is newer.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  loaded(at, load, key, value) {
    if (this.copies.has(key)) this.loads.delete(load)
    super.loaded(at, load, key, value)
  }
}

export const replay = replayOn(Cache)
