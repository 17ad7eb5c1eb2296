// fails: transaction
// Looks at the first command.
import { together as right } from '../right/plain.js'

export * from '../right/plain.js'

export const together = (commands) => right(commands.slice(0, 1))
