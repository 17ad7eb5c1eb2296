// slip: one-command, transaction
// Without keys nothing goes together.
import { keysOf, slot } from '../right/plain.js'

export * from '../right/plain.js'

export const together = (commands) => new Set(commands.flatMap(keysOf).map(slot)).size === 1
