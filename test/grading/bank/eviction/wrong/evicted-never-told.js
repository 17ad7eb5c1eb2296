// slip: random, room
// The key that left is never told.
import { compareBy, simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (...given) => right(...given).map(({ hit }) => ({ hit, evicted: null }))

export const compare = compareBy(simulate)
