// slip: one-command, transaction
// A text instead of true or false.
import { together as right } from '../right/plain.js'

export * from '../right/plain.js'

export const together = (commands) => String(right(commands))
