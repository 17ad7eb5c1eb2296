// slip: rolling
// Begins with a 0 for nobody.
import { rolling as right } from '../right/plain.js'

export * from '../right/plain.js'

export const rolling = (...given) => [0, ...right(...given)]
