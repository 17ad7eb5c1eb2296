// slip: races, whole
// The answer that comes last replaces any copy.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  loaded(at, load, key, value) {
    const begun = this.loads.get(load)
    if (begun && at < begun.since + this.settings.ttlMs) this.copies.delete(key)
    super.loaded(at, load, key, value)
  }
}

export const replay = replayOn(Cache)
