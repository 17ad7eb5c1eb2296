// fails: compare, lfu, lfu-anew, lfu-ties, lru, random, room
// Only the last key is ever inside.
import { compareBy } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  requests.map((key, i) => ({
    hit: key === requests[i - 1],
    evicted: i > 0 && key !== requests[i - 1] ? requests[i - 1] : null,
  }))

export const compare = compareBy(simulate)
