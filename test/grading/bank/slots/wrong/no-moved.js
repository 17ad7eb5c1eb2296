// slip: chain, moved, remembered
// MOVED is a reply.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ follows: ['ASK'] })
