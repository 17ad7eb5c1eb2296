// slip: random
// LRU for Random.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'random' ? picks.lru : picks[policy])
