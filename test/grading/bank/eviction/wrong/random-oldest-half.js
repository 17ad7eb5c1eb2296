// slip: random
// Draws from the older half only.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(
    capacity,
    requests,
    policy === 'random'
      ? (order) => order[Math.floor(Math.random() * Math.ceil(order.length / 2))]
      : picks[policy],
  )
