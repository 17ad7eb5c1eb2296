// fails: lfu, lfu-anew, lfu-ties, lru, random, room
// Nothing ever leaves.
import { compareBy } from '../right/plain.js'

export * from '../right/plain.js'

export function simulate(policy, capacity, requests) {
  const inside = new Set()
  return requests.map((key) => {
    const hit = inside.has(key)
    inside.add(key)
    return { hit, evicted: null }
  })
}

export const compare = compareBy(simulate)
