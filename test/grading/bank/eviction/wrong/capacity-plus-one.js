// slip: room
// One key too many fits.
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) => right(policy, capacity + 1, requests)
