// slip: one-more
// Percent instead of a share, in both functions.
import { movedByModulo as modulo, movedByRing as ring } from '../right/plain.js'

export * from '../right/plain.js'

export const movedByModulo = (before, after) => 100 * modulo(before, after)
export const movedByRing = (before, after) => 100 * ring(before, after)
