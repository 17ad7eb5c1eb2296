// slip: room
// One key too few fits.
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (policy, capacity, requests) => right(policy, Math.max(1, capacity - 1), requests)
