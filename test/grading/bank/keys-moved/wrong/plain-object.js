// slip: counted
// Hashes kept in a plain object, which has some names already.
import { hash } from '../right/plain.js'

export * from '../right/plain.js'

const known = {}
const known32 = (key) => (known[key] ??= hash(key))

export const countMoved = (keys, before, after) =>
  keys.filter((key) => known32(key) % before !== known32(key) % after).length
