// slip: ask, ask-once, chain
// ASKING has words that it doesn’t take.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ asking: ['ASKING', 'please'] })
