// slip: room, whole
// The oldest copy leaves, however often it is used.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  get(at, key, load) {
    const copies = [...this.copies]
    const value = super.get(at, key, load)
    if (value !== null) this.copies = new Map(copies)
    return value
  }
}

export const replay = replayOn(Cache)
