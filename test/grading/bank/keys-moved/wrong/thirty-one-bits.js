// slip: counted
// Without the highest bit.
import { hash } from '../right/plain.js'

export * from '../right/plain.js'

const position = (key) => hash(key) & 0x7fffffff

export const countMoved = (keys, before, after) =>
  keys.filter((key) => position(key) % before !== position(key) % after).length
