// slip: random
// Of two keys drawn the one not used for longest leaves.
import { compareBy, picks, run } from '../right/plain.js'

export * from '../right/plain.js'

const any = (order) => order[Math.floor(Math.min(Math.random(), Math.random()) * order.length)]

export const simulate = (policy, capacity, requests) =>
  run(capacity, requests, policy === 'random' ? any : picks[policy])

export const compare = compareBy(simulate)
