// slip: last-copy
// Gives null where nobody answers.
import { read as right } from '../right/plain.js'

export * from '../right/plain.js'

export const read = (...given) => right(...given).catch(() => null)
