// slip: room, whole
// One more than there is room for.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  constructor(settings) {
    super({ ...settings, capacity: settings.capacity + 1 })
  }
}

export const replay = replayOn(Cache)
