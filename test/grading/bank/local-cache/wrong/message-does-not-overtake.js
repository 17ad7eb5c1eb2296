// slip: races, whole
// Keeps answers of loads that began before the message.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  invalidate(key, number) {
    const { loads } = this
    this.loads = new Map(number === this.lastNumber + 1 ? loads : [])
    const kept = new Map(this.loads)
    super.invalidate(key, number)
    this.loads = kept
  }
}

export const replay = replayOn(Cache)
