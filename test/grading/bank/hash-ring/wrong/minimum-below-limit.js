// slip: minimum
// Gives the limit where nothing is enough.
import { minimumVirtualNodes as right } from '../right/plain.js'

export * from '../right/plain.js'

export const minimumVirtualNodes = (...given) => right(...given) ?? given[3]
