// slip: minimum
// The limit itself is not tried.
import { minimumVirtualNodes as right } from '../right/plain.js'

export * from '../right/plain.js'

export const minimumVirtualNodes = (nodes, keys, tolerance, limit) => right(nodes, keys, tolerance, limit - 1)
