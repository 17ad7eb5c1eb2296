import { groupNames, redisCommands } from '../../experiment/redis/commands.js'
import { choice } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Lists the Redis commands that the store has, with their costs.',
  options: {
    format: formatOption,
    group: option('<name>', 'only this group', choice(groupNames)),
  },
  examples: [
    ['cachelab redis commands', 'all of them'],
    ['cachelab redis commands --group sorted-set', 'those for sorted sets'],
    ['cachelab redis commands --format csv', 'with arity and usage, for a program'],
  ],
  run(flags) {
    return show(flags.format, 'listing', () => redisCommands(flags.group))
  },
})
