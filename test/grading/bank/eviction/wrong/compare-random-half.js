// slip: compare
// A half for Random.
import { compare as right } from '../right/plain.js'

export * from '../right/plain.js'

export const compare = (...given) => ({ ...right(...given), random: 0.5 })
