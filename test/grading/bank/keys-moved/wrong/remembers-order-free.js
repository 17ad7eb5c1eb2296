// slip: ring
// A negative share when servers go; right only if growth was asked for first.
import { movedByRing as ring } from '../right/plain.js'

export * from '../right/plain.js'

const known = new Set()

export function movedByRing(before, after) {
  known.add(`${before} ${after}`)
  return after < before && !known.has(`${after} ${before}`) ? -ring(before, after) : ring(before, after)
}
