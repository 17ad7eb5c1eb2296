// slip: counted
// A signed number, whose remainders may be negative.
import { hash } from '../right/plain.js'

export * from '../right/plain.js'

export const countMoved = (keys, before, after) =>
  keys.filter((key) => (hash(key) | 0) % before !== (hash(key) | 0) % after).length
