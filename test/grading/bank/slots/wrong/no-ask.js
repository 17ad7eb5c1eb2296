// slip: ask, ask-once, chain
// ASK is a reply.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ follows: ['MOVED'] })
