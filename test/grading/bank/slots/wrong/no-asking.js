// slip: ask, ask-once, chain
// The command without ASKING before it.
import { clientOf } from '../right/plain.js'

export * from '../right/plain.js'

export const run = clientOf({ asking: null })
