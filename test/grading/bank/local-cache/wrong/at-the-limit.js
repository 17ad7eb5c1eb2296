// slip: age, expiry, whole
// Serves a copy at the limit, too.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  get(at, key, load) {
    const copy = this.copies.get(key)
    return at === copy?.since + this.settings.ttlMs ? copy.value : super.get(at, key, load)
  }
}

export const replay = replayOn(Cache)
