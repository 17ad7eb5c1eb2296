// slip: random
// One place after the other, instead of by chance.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

let turn = 0
const inTurn = (order) => order[turn++ % order.length]

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'random' ? inTurn : picks[policy])

export const compare = compareBy(simulate)
