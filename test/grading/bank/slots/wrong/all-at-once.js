// fails: ask-once, remembered
// Commands don’t wait for each other.
import { run as right } from '../right/plain.js'

export * from '../right/plain.js'

export const run = async (slots, commands, nodes) =>
  (await Promise.all(commands.map((command) => right(slots, [command], nodes)))).flat()
