// slip: minimum
// -1 where nothing is enough.
import { minimumVirtualNodes as right } from '../right/plain.js'

export * from '../right/plain.js'

export const minimumVirtualNodes = (...given) => right(...given) ?? -1
