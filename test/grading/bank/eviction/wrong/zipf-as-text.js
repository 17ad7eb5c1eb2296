// slip: zipf
// Keys as texts.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (...given) => right(...given).map(String)
