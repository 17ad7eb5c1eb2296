// slip: moved
// A key that comes twice moves once.
import { moved as right } from '../right/plain.js'

export * from '../right/plain.js'

export const moved = (...given) => [...new Set(right(...given))]
