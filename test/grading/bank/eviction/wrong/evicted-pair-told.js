// slip: random, room
// Tells the entry of the cache, a key and its count.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (...given) =>
  right(...given).map(({ hit, evicted }) => ({ hit, evicted: evicted === null ? null : [evicted, 1] }))

export const compare = compareBy(simulate)
