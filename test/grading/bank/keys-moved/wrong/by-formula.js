// slip: counted
// What is to be expected instead of what is counted.
import { movedByModulo as modulo } from '../right/plain.js'

export * from '../right/plain.js'

export const countMoved = (keys, before, after) => Math.round(keys.length * modulo(before, after))
