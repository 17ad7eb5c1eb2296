// slip: zipf
// Always the exponent 1.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (keyCount, _, count) => right(keyCount, 1, count)
