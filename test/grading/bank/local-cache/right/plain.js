export class LocalCache {
  /** The least recently used first. */
  copies = new Map()
  /** Loads that are under way, and that nothing has overtaken. */
  loads = new Map()
  lastNumber = 0

  constructor(settings) {
    this.settings = settings
  }

  get(at, key, load) {
    const copy = this.copies.get(key)
    if (copy && at < copy.since + this.settings.ttlMs) {
      this.store(key, copy.value, copy.since)
      return copy.value
    }
    this.copies.delete(key)
    this.loads.set(load, { key, since: at })
    return null
  }

  loaded(at, load, key, value) {
    const begun = this.loads.get(load)
    this.loads.delete(load)
    if (!begun || at >= begun.since + this.settings.ttlMs) return
    const copy = this.copies.get(key)
    if (!copy || copy.since < begun.since) this.store(key, value, begun.since)
  }

  set(at, key, value) {
    this.overtakeLoads(key)
    this.store(key, value, at)
  }

  invalidate(key, number) {
    if (number !== this.lastNumber + 1) {
      this.copies.clear()
      this.loads.clear()
    }
    this.lastNumber = number
    this.copies.delete(key)
    this.overtakeLoads(key)
  }

  overtakeLoads(key) {
    for (const [load, begun] of this.loads) if (begun.key === key) this.loads.delete(load)
  }

  store(key, value, since) {
    this.copies.delete(key)
    if (this.copies.size >= this.settings.capacity) {
      const [oldest] = this.copies.keys()
      this.copies.delete(oldest)
    }
    this.copies.set(key, { value, since })
  }
}

export const replayOn = (Cache) => (settings, events) => {
  const cache = new Cache(settings)
  const answers = []
  for (const event of events) {
    if (event.do === 'get') answers.push(cache.get(event.at, event.key, event.load))
    else if (event.do === 'loaded') cache.loaded(event.at, event.load, event.key, event.value)
    else if (event.do === 'set') cache.set(event.at, event.key, event.value)
    else cache.invalidate(event.key, event.number)
  }
  return answers
}

export const replay = replayOn(LocalCache)

export function staleness(writes, reads) {
  return reads.map(({ at, key, value }) => {
    const own = writes.filter((write) => write.key === key)
    const next = own[own.findIndex((write) => write.value === value) + 1]
    return next ? Math.max(0, at - next.at) : 0
  })
}
