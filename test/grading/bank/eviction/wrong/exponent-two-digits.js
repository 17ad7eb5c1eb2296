// slip: exponent
// Rounded to a tenth.
import { exponentFor as right } from '../right/plain.js'

export * from '../right/plain.js'

export const exponentFor = (keyCount) => Math.round(10 * right(keyCount)) / 10
