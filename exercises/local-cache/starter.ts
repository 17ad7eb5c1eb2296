interface Settings {
  capacity: number
  ttlMs: number
}

type Event =
  | { at: number; do: 'get'; key: string; load: number }
  | { at: number; do: 'loaded'; load: number; key: string; value: string }
  | { at: number; do: 'set'; key: string; value: string }
  | { at: number; do: 'invalidate'; key: string; number: number }

/** A value that was written or read at some time. */
interface Access {
  at: number
  key: string
  value: string
}

/** The cache of one server. Its four methods are for you to write. */
class LocalCache {
  settings: Settings

  constructor(settings: Settings) {
    this.settings = settings
  }

  /** Returns the copy of a key, or null: then this load of it begins. */
  get(at: number, key: string, load: number): string | null {
    return null
  }

  /** The answer to a load. */
  loaded(at: number, load: number, key: string, value: string): void {}

  /** This server has written the value. */
  set(at: number, key: string, value: string): void {}

  /** Another server has written the key. */
  invalidate(key: string, number: number): void {}
}

/** Plays the events on a new cache, and returns the answers to its gets. */
export function replay(settings: Settings, events: Event[]): (string | null)[] {
  const cache = new LocalCache(settings)
  const answers: (string | null)[] = []
  for (const event of events) {
    if (event.do === 'get') answers.push(cache.get(event.at, event.key, event.load))
    else if (event.do === 'loaded') cache.loaded(event.at, event.load, event.key, event.value)
    else if (event.do === 'set') cache.set(event.at, event.key, event.value)
    else cache.invalidate(event.key, event.number)
  }
  return answers
}

/** For each read: how many milliseconds ago its value had been overwritten; 0 if it was the newest. */
export function staleness(writes: Access[], reads: Access[]): number[] {
  return []
}
