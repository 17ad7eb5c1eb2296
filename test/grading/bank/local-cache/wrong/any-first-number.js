// slip: losses, whole
// Takes any number for the first.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  invalidate(key, number) {
    if (this.lastNumber === 0) this.lastNumber = number - 1
    super.invalidate(key, number)
  }
}

export const replay = replayOn(Cache)
