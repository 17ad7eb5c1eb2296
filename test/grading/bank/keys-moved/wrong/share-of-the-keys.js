// slip: counted
// The share of the keys instead of their number: nothing for no keys.
import { countMoved as count } from '../right/plain.js'

export * from '../right/plain.js'

export const countMoved = (keys, before, after) => count(keys, before, after) / keys.length
