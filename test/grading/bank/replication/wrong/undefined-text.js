// slip: one-hop, fallback, kept
// Gives the text null for a key that is not there.
import { read as right } from '../right/plain.js'

export * from '../right/plain.js'

export const read = async (...given) => String(await right(...given))
