// slip: ask, ask-once, chain, moved, remembered
// Every error is a reply.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ follows: [] })
