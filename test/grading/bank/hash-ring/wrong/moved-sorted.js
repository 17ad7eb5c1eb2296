// slip: moved
// In another order.
import { moved as right } from '../right/plain.js'

export * from '../right/plain.js'

export const moved = (...given) => right(...given).sort()
