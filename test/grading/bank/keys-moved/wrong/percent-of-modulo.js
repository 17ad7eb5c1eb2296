// slip: one-more
// Percent instead of a share, but not for the ring.
import { movedByModulo as modulo } from '../right/plain.js'

export * from '../right/plain.js'

export const movedByModulo = (before, after) => 100 * modulo(before, after)
