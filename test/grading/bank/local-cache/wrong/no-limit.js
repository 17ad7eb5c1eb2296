// slip: room, whole
// There is no limit.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  constructor(settings) {
    super({ ...settings, capacity: Number.POSITIVE_INFINITY })
  }
}

export const replay = replayOn(Cache)
