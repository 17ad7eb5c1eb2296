// slip: zipf
// Keys from 1 instead of 0.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (...given) => right(...given).map((key) => key + 1)
