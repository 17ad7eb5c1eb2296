// slip: zipf
// The right numbers of keys, but in order.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (...given) => right(...given).sort((a, b) => a - b)
