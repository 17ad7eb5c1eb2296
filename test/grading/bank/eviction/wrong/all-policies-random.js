// fails: keys, lfu, lfu-anew, lfu-ties, lru
// Random for all three; the report has to be the same on every run.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) => run(capacity, requests, picks.random)
