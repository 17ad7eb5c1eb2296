// slip: random
// The key that came in first leaves.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  if (policy !== 'random') return right(policy, capacity, requests)
  const inside = new Set()
  return requests.map((key) => {
    if (inside.has(key)) return { hit: true, evicted: null }
    const [evicted] = inside.size === capacity ? inside : [null]
    inside.delete(evicted)
    inside.add(key)
    return { hit: false, evicted }
  })
}

export const compare = compareBy(simulate)
