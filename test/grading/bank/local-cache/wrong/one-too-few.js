// slip: room, whole
// One less than there is room for.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  store(key, value, since) {
    super.store(key, value, since)
    const [oldest] = this.copies.keys()
    if (this.copies.size >= this.settings.capacity) this.copies.delete(oldest)
  }
}

export const replay = replayOn(Cache)
