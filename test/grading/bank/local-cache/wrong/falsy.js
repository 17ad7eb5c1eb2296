// slip: hits
// Takes an empty value for none.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  get(at, key, load) {
    return super.get(at, key, load) || null
  }
}

export const replay = replayOn(Cache)
