// slip: room
import { simulate as right } from '../right/plain.js'

export * from '../right/plain.js'

export const simulate = (...asked) =>
  right(...asked).map(({ hit, evicted }) => ({ hit: hit ? 1 : 0, evicted }))
