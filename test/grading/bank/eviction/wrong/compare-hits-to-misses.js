// slip: compare
// Hits ÷ misses.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export const compare = (...given) =>
  Object.fromEntries(
    Object.entries(right(...given)).map(([policy, ratio]) => [policy, ratio / Math.max(1e-9, 1 - ratio)]),
  )
