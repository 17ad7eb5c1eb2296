// slip: remembered
// Nothing is remembered.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ learns: [] })
