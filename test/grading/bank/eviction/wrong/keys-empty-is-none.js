// slip: keys
// The empty text is taken for no key.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (...given) =>
  right(...given).map((step) => ({ ...step, evicted: step.evicted || null }))

export const compare = compareBy(simulate)
