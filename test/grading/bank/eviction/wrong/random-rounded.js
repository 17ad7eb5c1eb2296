// slip: random
// Rounds, so that the first and the last come half as often.
import { picks, run } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  run(
    capacity,
    requests,
    policy === 'random' ? (order) => order[Math.round(Math.random() * (order.length - 1))] : picks[policy],
  )
