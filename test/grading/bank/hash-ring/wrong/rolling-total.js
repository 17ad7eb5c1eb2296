// slip: rolling
// Only the last sum.
import { rolling as right } from '../right/plain.js'

export * from '../right/plain.js'

export const rolling = (...given) => right(...given).at(-1)
