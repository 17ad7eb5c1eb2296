interface Settings {
  capacity: number
  ttlMs: number
}

type Event =
  | { at: number; do: 'get'; key: string; load: number }
  | { at: number; do: 'loaded'; load: number; key: string; value: string }
  | { at: number; do: 'set'; key: string; value: string }
  | { at: number; do: 'invalidate'; key: string; number: number }

interface Access {
  at: number
  key: string
  value: string
}

class LocalCache {
  /** The least recently used first. */
  private copies = new Map<string, { value: string; since: number }>()
  /** Loads that are under way, and that nothing has overtaken. */
  private loads = new Map<number, { key: string; since: number }>()
  private lastNumber = 0
  private settings: Settings

  constructor(settings: Settings) {
    this.settings = settings
  }

  get(at: number, key: string, load: number): string | null {
    const copy = this.copies.get(key)
    if (copy && at < copy.since + this.settings.ttlMs) {
      this.store(key, copy.value, copy.since)
      return copy.value
    }
    this.copies.delete(key)
    this.loads.set(load, { key, since: at })
    return null
  }

  loaded(at: number, load: number, key: string, value: string): void {
    const begun = this.loads.get(load)
    this.loads.delete(load)
    if (!begun || at >= begun.since + this.settings.ttlMs) return
    const copy = this.copies.get(key)
    if (!copy || copy.since < begun.since) this.store(key, value, begun.since)
  }

  set(at: number, key: string, value: string): void {
    this.overtakeLoads(key)
    this.store(key, value, at)
  }

  invalidate(key: string, number: number): void {
    if (number !== this.lastNumber + 1) {
      this.copies.clear()
      this.loads.clear()
    }
    this.lastNumber = number
    this.copies.delete(key)
    this.overtakeLoads(key)
  }

  private overtakeLoads(key: string): void {
    for (const [load, begun] of this.loads) if (begun.key === key) this.loads.delete(load)
  }

  private store(key: string, value: string, since: number): void {
    this.copies.delete(key)
    if (this.copies.size >= this.settings.capacity) {
      const [oldest] = this.copies.keys()
      this.copies.delete(oldest)
    }
    this.copies.set(key, { value, since })
  }
}

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

export function staleness(writes: Access[], reads: Access[]): number[] {
  return reads.map(({ at, key, value }) => {
    const own = writes.filter((write) => write.key === key)
    const next = own[own.findIndex((write) => write.value === value) + 1]
    return next ? Math.max(0, at - next.at) : 0
  })
}
