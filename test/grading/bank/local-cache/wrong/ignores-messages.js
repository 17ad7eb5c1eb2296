// fails: losses, messages, races, room, whole
// Does not listen to messages.
import { LocalCache, replayOn } from '../right/plain.js'

export * from '../right/plain.js'

class Cache extends LocalCache {
  invalidate() {}
}

export const replay = replayOn(Cache)
