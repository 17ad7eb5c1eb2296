// slip: random, room
// Tells the key that came in as the one that left.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) =>
  right(policy, capacity, requests).map((step, i) => ({
    ...step,
    evicted: step.evicted === null ? null : requests[i],
  }))

export const compare = compareBy(simulate)
