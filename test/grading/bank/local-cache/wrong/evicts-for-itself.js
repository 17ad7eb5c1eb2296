// slip: room, whole
// In a full cache another one leaves also where the key has a copy.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  store(key, value, since) {
    if (this.copies.size >= this.settings.capacity) {
      const [oldest] = this.copies.keys()
      this.copies.delete(oldest)
    }
    super.store(key, value, since)
  }
}

export const replay = replayOn(Cache)
