// fails: chain
// Follows redirections without end.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ most: Number.POSITIVE_INFINITY })
