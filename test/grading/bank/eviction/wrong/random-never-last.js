// slip: random
// Never draws the key used last, an off-by-one.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(
    capacity,
    requests,
    policy === 'random'
      ? (order) => order[Math.floor(Math.random() * Math.max(1, order.length - 1))]
      : picks[policy],
  )
