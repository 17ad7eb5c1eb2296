interface Cache {
  request(key: string): { hit: boolean; evicted: string | null }
}

/** JavaScript's Map keeps the order in which keys came: the first is the least recently used. */
class LruCache implements Cache {
  private readonly keys = new Map<string, true>()

  constructor(private readonly capacity: number) {}

  request(key: string) {
    const hit = this.keys.delete(key)
    let evicted: string | null = null
    if (!hit && this.keys.size >= this.capacity) {
      evicted = this.keys.keys().next().value as string
      this.keys.delete(evicted)
    }
    this.keys.set(key, true)
    return { hit, evicted }
  }
}

/** A list of keys for each count, as in the O(1) scheme. */
class LfuCache implements Cache {
  private readonly counts = new Map<string, number>()
  private readonly lists = new Map<number, Set<string>>()

  constructor(private readonly capacity: number) {}

  request(key: string) {
    const count = this.counts.get(key)
    let evicted: string | null = null
    if (count === undefined && this.counts.size === this.capacity) {
      const least = Math.min(...[...this.lists].filter(([, list]) => list.size > 0).map(([used]) => used))
      evicted = [...this.lists.get(least)!][0]
      this.lists.get(least)!.delete(evicted)
      this.counts.delete(evicted)
    }
    if (count !== undefined) this.lists.get(count)!.delete(key)
    const now = (count ?? 0) + 1
    this.counts.set(key, now)
    this.lists.set(now, (this.lists.get(now) ?? new Set()).add(key))
    return { hit: count !== undefined, evicted }
  }
}

class RandomCache implements Cache {
  private readonly slots: string[] = []

  constructor(private readonly capacity: number) {}

  request(key: string) {
    if (this.slots.includes(key)) return { hit: true, evicted: null }
    if (this.slots.length < this.capacity) {
      this.slots.push(key)
      return { hit: false, evicted: null }
    }
    const at = Math.floor(Math.random() * this.capacity)
    const evicted = this.slots[at]
    this.slots[at] = key
    return { hit: false, evicted }
  }
}

const kinds = { lru: LruCache, lfu: LfuCache, random: RandomCache }

export function simulate(policy: keyof typeof kinds, capacity: number, requests: string[]) {
  const cache = new kinds[policy](capacity)
  return requests.map((key) => cache.request(key))
}

export function exponentFor(keyCount: number): number {
  const harmonic = (n: number, s: number) => {
    let sum = 0
    for (let k = n; k >= 1; k--) sum += k ** -s
    return sum
  }
  // The secant method.
  let [a, b] = [0.5, 1.5]
  const off = (s: number) => harmonic(keyCount / 5, s) / harmonic(keyCount, s) - 0.8
  for (let i = 0; i < 30 && Math.abs(off(b)) > 1e-9; i++)
    [a, b] = [b, b - (off(b) * (b - a)) / (off(b) - off(a))]
  return b
}

/** By the inverse of the running sums, from the most popular key on. */
export function zipf(keyCount: number, exponent: number, count: number): number[] {
  const weight = (key: number) => (key + 1) ** -exponent
  const weights = Float64Array.from({ length: keyCount }, (_, key) => weight(key))
  const total = weights.reduce((sum, one) => sum + one, 0)
  const keys = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    let left = Math.random() * total
    while (keys[i] < keyCount - 1 && left >= weights[keys[i]]) left -= weights[keys[i]++]
  }
  return keys as unknown as number[]
}

export function compare(capacity: number, requests: string[]) {
  const hits = (policy: keyof typeof kinds) =>
    simulate(policy, capacity, requests).filter((step) => step.hit).length
  return {
    lru: hits('lru') / requests.length,
    lfu: hits('lfu') / requests.length,
    random: hits('random') / requests.length,
  }
}
