// slip: zipf
// The last key is the most popular.
import { zipf as right } from '../right/plain.js'

export * from '../right/plain.js'

export const zipf = (keyCount, ...given) => right(keyCount, ...given).map((key) => keyCount - 1 - key)
