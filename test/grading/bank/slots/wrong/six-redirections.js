// fails: chain
// Gives up one redirection too late.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ most: 6 })
