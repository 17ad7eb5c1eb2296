// slip: room, whole
// All copies leave a full cache.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  store(key, value, since) {
    if (!this.copies.has(key) && this.copies.size >= this.settings.capacity) this.copies.clear()
    super.store(key, value, since)
  }
}

export const replay = replayOn(Cache)
