// slip: lfu-ties
// Ties go by when a key came in, not by its last use.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) => {
  if (policy !== 'lfu') return run(capacity, requests, picks[policy])
  const counts = new Map()
  return requests.map((key) => {
    const hit = counts.has(key)
    let evicted = null
    if (!hit && counts.size === capacity) {
      evicted = [...counts].reduce((least, entry) => (entry[1] < least[1] ? entry : least))[0]
      counts.delete(evicted)
    }
    counts.set(key, (counts.get(key) ?? 0) + 1)
    return { hit, evicted }
  })
}
