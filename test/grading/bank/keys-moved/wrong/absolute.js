// slip: counted
// A signed number without its sign.
import { hash } from '../right/plain.js'

export * from '../right/plain.js'

const position = (key) => Math.abs(hash(key) | 0)

export const countMoved = (keys, before, after) =>
  keys.filter((key) => position(key) % before !== position(key) % after).length
