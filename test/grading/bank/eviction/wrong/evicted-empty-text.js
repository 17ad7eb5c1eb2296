// slip: room
// An empty text where no key left.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (...given) =>
  right(...given).map((step) => ({ ...step, evicted: step.evicted ?? '' }))

export const compare = compareBy(simulate)
