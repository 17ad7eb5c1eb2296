// slip: lfu-ties, keys
// Of several keys the first by name leaves.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

const byName = (order, counts) => [...order].sort((a, b) => counts[a] - counts[b] || (a < b ? -1 : 1))[0]

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'lfu' ? byName : picks[policy])

export const compare = compareBy(simulate)
