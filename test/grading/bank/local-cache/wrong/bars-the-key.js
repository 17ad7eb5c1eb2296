// slip: races, whole, messages, losses
// A message bars the key until some load is answered, which may have begun later.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  barred = new Set()

  invalidate(key, number) {
    const loads = new Map(this.loads)
    super.invalidate(key, number)
    this.loads = loads
    this.barred.add(key)
  }

  loaded(at, load, key, value) {
    if (this.barred.delete(key)) this.loads.delete(load)
    super.loaded(at, load, key, value)
  }
}

export const replay = replayOn(Cache)
