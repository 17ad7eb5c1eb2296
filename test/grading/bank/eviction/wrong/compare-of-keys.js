// slip: compare
// Divides by the number of keys.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export const compare = (capacity, requests) =>
  Object.fromEntries(
    Object.entries(right(capacity, requests)).map(([policy, ratio]) => [
      policy,
      (ratio * requests.length) / new Set(requests).size,
    ]),
  )
