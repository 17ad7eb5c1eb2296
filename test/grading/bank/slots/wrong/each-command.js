// fails: transaction
// Each command alone.
import { together as right } from '../right/plain.js'

export * from '../right/plain.js'

export const together = (commands) => commands.every((command) => right([command]))
