// slip: lru
// The most recently used key leaves.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'lru' ? (order) => order[order.length - 1] : picks[policy])
