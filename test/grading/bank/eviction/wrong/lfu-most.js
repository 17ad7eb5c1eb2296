// fails: lfu, lfu-anew, lfu-ties
// The most frequently used key leaves.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(
    capacity,
    requests,
    policy === 'lfu'
      ? (order, counts) => order.reduce((most, key) => (counts[key] > counts[most] ? key : most))
      : picks[policy],
  )
