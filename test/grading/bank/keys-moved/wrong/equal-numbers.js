// slip: any-number
// The same number of servers before and after isn't thought of.
import { movedByModulo as modulo } from '../right/plain.js'

export * from '../right/plain.js'

export const movedByModulo = (before, after) => (before === after ? 1 - 1 / after : modulo(before, after))
