// fails: ask-once
// ASK changes the map, too.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ learns: ['MOVED', 'ASK'] })
