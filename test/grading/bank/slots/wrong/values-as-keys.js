// slip: one-command, transaction
// Every word behind the name is a key.
import { keysOf, slot, togetherBy } from '../right/plain.js'

export * from '../right/plain.js'

export const together = togetherBy(slot, ([name, ...words]) =>
  ['PING', 'TIME'].includes(name.toUpperCase()) ? keysOf([name]) : words,
)
