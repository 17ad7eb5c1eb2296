// slip: losses, whole
// After a loss ends the loads, and keeps the copies.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  invalidate(key, number) {
    const { copies } = this
    this.copies = new Map()
    super.invalidate(key, number)
    this.copies = copies
    this.copies.delete(key)
  }
}

export const replay = replayOn(Cache)
