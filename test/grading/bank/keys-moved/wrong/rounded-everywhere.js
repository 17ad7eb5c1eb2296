// slip: one-more
// Rounded to two digits, in both functions.
import { movedByModulo as modulo, movedByRing as ring } from '../right/plain.js'

export * from '../right/plain.js'

export const movedByModulo = (before, after) => Math.round(100 * modulo(before, after)) / 100
export const movedByRing = (before, after) => Math.round(100 * ring(before, after)) / 100
