import { type Command, Option } from 'commander'
import { InputError } from '../../input-error.js'
import { decimal, wholeNumber } from './arguments.js'

/** Options that the commands on Memcached's memory share. */

const MAX_MEMORY = 65_536
const MAX_FACTOR = 100

export interface MemoryFlags {
  factor: number
  memory: number
}

export function memoryOptions(command: Command, maxMemory = MAX_MEMORY): Command {
  return command
    .addOption(
      new Option('--factor <number>', 'growth from one slab class to the next (-f)')
        .default(1.25)
        .argParser((text) => {
          const value = decimal('--factor', 0, MAX_FACTOR)(text)
          if (value > 1) return value
          throw new InputError(
            `--factor must be more than 1 and at most ${MAX_FACTOR}, got ${JSON.stringify(text)}: classes have to grow`,
          )
        }),
    )
    .addOption(
      new Option('--memory <MiB>', 'memory for items, in pages of 1 MiB (-m)')
        .default(64)
        .argParser(wholeNumber('--memory', 1, maxMemory)),
    )
}

export function seedOfRun(command: Command): Command {
  return command.addOption(
    new Option('--seed <number>', 'seed of what is drawn')
      .default(1)
      .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
  )
}
