import { type Command, Option } from 'commander'
import { groupNames, redisCommands } from '../../experiment/redis/commands.js'
import type { FormatName } from '../../report/index.js'
import { choice } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags {
  group?: string
  format: FormatName
}

export const examples = [
  ['cachelab redis commands', 'all of them'],
  ['cachelab redis commands --group sorted-set', 'those for sorted sets'],
  ['cachelab redis commands --format csv', 'with arity and usage, for a program'],
] as const

export function configure(command: Command): Command {
  return formatOption(command)
    .description('Lists the Redis commands that the store has, with what each costs.')
    .addOption(
      new Option('--group <name>', 'only this group')
        .choices(groupNames)
        .argParser(choice('--group', groupNames)),
    )
    .action((flags: Flags) => show(flags.format, 'listing', () => redisCommands(flags.group)))
}
