// slip: losses, messages, room, whole
// A message ends all copies.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  invalidate(key, number) {
    super.invalidate(key, number)
    this.copies.clear()
  }
}

export const replay = replayOn(Cache)
