// fails: chain
// Follows one redirection.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ most: 1 })
