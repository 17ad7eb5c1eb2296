// slip: zipf
// One draw too many.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (keyCount, exponent, count) => right(keyCount, exponent, count + 1)
