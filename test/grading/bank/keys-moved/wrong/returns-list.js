// slip: counted
// The keys instead of their number.
import { hash } from '../right/plain.js'

export * from '../right/plain.js'

export const countMoved = (keys, before, after) =>
  keys.filter((key) => hash(key) % before !== hash(key) % after)
