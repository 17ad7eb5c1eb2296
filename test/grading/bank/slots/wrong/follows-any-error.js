// fails: errors
// Any error leads elsewhere.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ follows: ['MOVED', 'ASK', 'ERR'] })
