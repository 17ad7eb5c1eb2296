// fails: one-command
// Looks at the first key of each command.
import { keysOf, slot, togetherBy } from '../right/plain.js'

export * from '../right/plain.js'

export const together = togetherBy(slot, (command) => keysOf(command).slice(0, 1))
