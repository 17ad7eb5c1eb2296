// slip: exponent
// Looks for it below 2 only.
import { exponentFor as right } from '../right/plain.js'

export * from '../right/plain.js'

export const exponentFor = (keyCount) => Math.min(2, right(keyCount))
