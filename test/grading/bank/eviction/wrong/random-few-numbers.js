// slip: random
// A hundred random numbers, used again and again.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

const numbers = Array.from({ length: 100 }, Math.random)
let at = 0
const any = (order) => order[Math.floor(numbers[at++ % 100] * order.length)]

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'random' ? any : picks[policy])

export const compare = compareBy(simulate)
