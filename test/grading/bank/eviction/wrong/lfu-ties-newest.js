// slip: lfu-ties
// Of several keys the one used last leaves.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(
    capacity,
    requests,
    policy === 'lfu'
      ? (order, counts) => order.reduce((least, key) => (counts[key] <= counts[least] ? key : least))
      : picks[policy],
  )
