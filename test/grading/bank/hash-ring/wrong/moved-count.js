// slip: moved
// The number of keys instead of the keys.
import { moved as right } from '../right/plain.js'

export * from '../right/plain.js'

export const moved = (...given) => right(...given).length
