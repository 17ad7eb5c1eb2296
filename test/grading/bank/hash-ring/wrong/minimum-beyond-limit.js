// slip: minimum
// One more than the limit is tried.
import { minimumVirtualNodes as right } from '../right/plain.js'

export * from '../right/plain.js'

export const minimumVirtualNodes = (nodes, keys, tolerance, limit) => right(nodes, keys, tolerance, limit + 1)
