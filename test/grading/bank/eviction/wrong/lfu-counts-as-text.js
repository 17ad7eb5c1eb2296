// slip: lfu, lfu-anew, lfu-ties
// Counts are compared as texts: 10 comes before 9.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

const asText = (order, counts) =>
  order.reduce((least, key) => (String(counts[key]) < String(counts[least]) ? key : least))

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'lfu' ? asText : picks[policy])

export const compare = compareBy(simulate)
