// fails: compare, keys, lfu, lfu-anew, lfu-ties, lru, random, room
// Every request is a hit.
import { compareBy } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) => requests.map(() => ({ hit: true, evicted: null }))

export const compare = compareBy(simulate)
