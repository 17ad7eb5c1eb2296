// slip: set, whole
// A set changes the value, not its age.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  set(at, key, value) {
    const old = this.copies.get(key)
    super.set(at, key, value)
    if (old) this.store(key, value, old.since)
  }
}

export const replay = replayOn(Cache)
