// fails: chain
// Gives up one redirection too early.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ most: 4 })
