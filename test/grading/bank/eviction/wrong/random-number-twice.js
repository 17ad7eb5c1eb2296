// slip: random
// Each random number is used for two evictions.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

let [drawn, uses] = [0, 0]
function any(order) {
  if (uses++ % 2 === 0) drawn = Math.random()
  return order[Math.floor(drawn * order.length)]
}

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'random' ? any : picks[policy])

export const compare = compareBy(simulate)
