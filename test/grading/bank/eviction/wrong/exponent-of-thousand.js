// slip: exponent
// The exponent for 1000 keys, for any number.
import { exponentFor as right } from '../right/plain.js'

export * from '../right/plain.js'

export const exponentFor = () => right(1000)
