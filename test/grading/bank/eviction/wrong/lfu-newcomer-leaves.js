// slip: room
// The key that comes in is among those that may leave.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  if (policy !== 'lfu') return right(policy, capacity, requests)
  const counts = new Map()
  return requests.map((key) => {
    const hit = counts.has(key)
    const count = (counts.get(key) ?? 0) + 1
    counts.delete(key)
    counts.set(key, count)
    if (counts.size <= capacity) return { hit, evicted: null }
    const [evicted] = [...counts].reduce((least, entry) => (entry[1] < least[1] ? entry : least))
    counts.delete(evicted)
    return { hit, evicted }
  })
}

export const compare = compareBy(simulate)
