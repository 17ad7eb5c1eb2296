// slip: compare
// The most that can be: all but the first request of each key.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export const compare = (capacity, requests) => ({
  ...right(capacity, requests),
  random: 1 - new Set(requests).size / requests.length,
})
