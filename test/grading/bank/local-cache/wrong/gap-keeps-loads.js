// slip: losses, whole
// After a loss ends the copies, and keeps answers of loads under way.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  invalidate(key, number) {
    const { loads } = this
    this.loads = new Map()
    super.invalidate(key, number)
    this.loads = loads
    this.overtakeLoads(key)
  }
}

export const replay = replayOn(Cache)
