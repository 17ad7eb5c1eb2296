// fails: lfu, lfu-anew, lfu-ties
// LRU for LFU.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'lfu' ? picks.lru : picks[policy])
