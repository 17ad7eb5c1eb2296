// slip: one-hop
// The empty text is taken for no value.
import { read as right } from '../right/plain.js'

export * from '../right/plain.js'

export const read = async (...given) => (await right(...given)) || null
