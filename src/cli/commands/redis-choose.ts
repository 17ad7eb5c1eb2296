import { choose } from '../../experiment/redis/choose.js'
import { useCaseNames, useCases } from '../../experiment/redis/use-cases.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { showNames } from '../output/names.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description:
    'Measures the plausible Redis data structures for a use case on the same work: steps, bytes and memory.',
  operand: option('[use-case]', 'which use case; without one, they are listed', choice(useCaseNames)),
  called: 'the use case',
  options: {
    format: formatOption,
    size: option('<count>', 'how many items (default: by the use case)', wholeNumber(10, 100_000)),
  },
  examples: [
    ['cachelab redis choose leaderboard', 'a sorted set, a hash and a list on the same work'],
    ['cachelab redis choose likes --size 10000', 'with ten times as many people'],
    ['cachelab redis choose session --format markdown', 'for a report'],
  ],
  async run({ size, format }, name) {
    if (name === undefined) {
      const rows = useCaseNames.map((one) => [one, useCases[one].title] as const)
      return showNames(format, 'redis choose', 'Use cases of Redis', rows)
    }
    await show(format, 'measuring', () => choose(name, size))
  },
})
