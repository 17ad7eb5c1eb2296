// fails: age, expiry, hits, losses, messages, races, room, set, whole
// Goes on with the cache of the call before.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

let cache

export function replay(settings, events) {
  cache ??= new LocalCache(settings)
  return replayOn(
    class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: the mistake
        return cache
      }
    },
  )(settings, events)
}
