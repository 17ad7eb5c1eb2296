// slip: compare
// Miss ratios.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export const compare = (...given) =>
  Object.fromEntries(Object.entries(right(...given)).map(([policy, ratio]) => [policy, 1 - ratio]))
