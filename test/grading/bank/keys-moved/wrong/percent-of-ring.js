// slip: ring
// Percent instead of a share, for the ring only.
import { movedByRing as ring } from '../right/plain.js'

export * from '../right/plain.js'

export const movedByRing = (before, after) => 100 * ring(before, after)
