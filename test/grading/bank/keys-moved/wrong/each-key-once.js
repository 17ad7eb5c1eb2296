// slip: counted
// A key that comes twice counts once.
import { countMoved as count } from '../right/plain.js'

export * from '../right/plain.js'

export const countMoved = (keys, before, after) => count([...new Set(keys)], before, after)
