// slip: room
// Says hit for a miss.
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (...given) => right(...given).map(({ hit, evicted }) => ({ hit: !hit, evicted }))
