// slip: one-command, transaction
// Compares tags instead of slots.
import { hashed, keysOf } from '../right/plain.js'

export * from '../right/plain.js'

export const together = (commands) => new Set(commands.flatMap(keysOf).map(hashed)).size <= 1
