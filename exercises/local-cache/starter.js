/** The cache of one server. Its four methods are for you to write. */
class LocalCache {
  /** @param {{ capacity: number, ttlMs: number }} settings */
  constructor(settings) {
    this.settings = settings
  }

  /** Returns the copy of a key, or null: then this load of it begins. */
  get(at, key, load) {
    return null
  }

  /** The answer to a load. */
  loaded(at, load, key, value) {}

  /** This server has written the value. */
  set(at, key, value) {}

  /** Another server has written the key. */
  invalidate(key, number) {}
}

/** Plays the events on a new cache, and returns the answers to its gets. */
export function replay(settings, events) {
  const cache = new LocalCache(settings)
  const answers = []
  for (const event of events) {
    if (event.do === 'get') answers.push(cache.get(event.at, event.key, event.load))
    else if (event.do === 'loaded') cache.loaded(event.at, event.load, event.key, event.value)
    else if (event.do === 'set') cache.set(event.at, event.key, event.value)
    else cache.invalidate(event.key, event.number)
  }
  return answers
}

/**
 * For each read: how many milliseconds ago its value had been overwritten; 0 if it was the newest.
 * @param {{ at: number, key: string, value: string }[]} writes
 * @param {{ at: number, key: string, value: string }[]} reads
 */
export function staleness(writes, reads) {
  return []
}
