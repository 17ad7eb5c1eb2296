// slip: one-more
// The share that stays, for any two numbers, in both functions.
import { movedByModulo as modulo, movedByRing as ring } from '../right/plain.js'

export * from '../right/plain.js'

export const movedByModulo = (before, after) => 1 - modulo(before, after)
export const movedByRing = (before, after) => 1 - ring(before, after)
