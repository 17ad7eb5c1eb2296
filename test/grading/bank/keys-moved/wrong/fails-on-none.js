// slip: counted
// Can't add up nothing.
import { hash } from '../right/plain.js'

export * from '../right/plain.js'

export const countMoved = (keys, before, after) =>
  keys.map((key) => (hash(key) % before === hash(key) % after ? 0 : 1)).reduce((a, b) => a + b)
