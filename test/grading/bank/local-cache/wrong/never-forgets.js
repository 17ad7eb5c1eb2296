// fails: age, expiry, losses, messages, races, room, set, stale, whole
// The beginning: a cache that keeps everything.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  get(_at, key) {
    return this.copies.get(key) ?? null
  }

  loaded(_at, _load, key, value) {
    this.copies.set(key, value)
  }

  set() {}

  invalidate() {}
}

export const replay = replayOn(Cache)

export const staleness = () => []
