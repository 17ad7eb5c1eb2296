// slip: zipf
// The exponent is rounded.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (keyCount, exponent, count) => right(keyCount, Math.round(exponent), count)
