// slip: zipf
// The last key never comes.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (keyCount, ...given) => right(Math.max(1, keyCount - 1), ...given)
