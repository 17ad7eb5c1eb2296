// fails: one-command
// Values of MSET are keys.
import { keysOf, slot, togetherBy } from '../right/plain.js'

export * from '../right/plain.js'

export const together = togetherBy(slot, (command) =>
  command[0].toUpperCase() === 'MSET' ? command.slice(1) : keysOf(command),
)
