// slip: compare
// Rounded to whole per cents.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export const compare = (...given) =>
  Object.fromEntries(
    Object.entries(right(...given)).map(([policy, ratio]) => [policy, Math.round(100 * ratio) / 100]),
  )
