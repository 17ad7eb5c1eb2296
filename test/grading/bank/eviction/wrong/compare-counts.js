// slip: compare
// Hits instead of ratios.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export const compare = (capacity, requests) =>
  Object.fromEntries(
    Object.entries(right(capacity, requests)).map(([policy, ratio]) => [policy, ratio * requests.length]),
  )
