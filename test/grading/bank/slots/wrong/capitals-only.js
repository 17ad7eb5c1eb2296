// slip: one-command, transaction
// Knows commands in capitals only.
import { keysOf, slot, togetherBy } from '../right/plain.js'

export * from '../right/plain.js'

export const together = togetherBy(slot, (command) =>
  command[0] === command[0].toUpperCase() ? keysOf(command) : command.slice(1),
)
