import { Argument, type Command, Option } from 'commander'
import { choose } from '../../experiment/redis/choose.js'
import { type UseCaseName, useCaseNames, useCases } from '../../experiment/redis/use-cases.js'
import type { FormatName } from '../../report/index.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { write } from '../output/terminal.js'

interface Flags {
  size?: number
  format: FormatName
}

export const examples = [
  ['cachelab redis choose leaderboard', 'a sorted set, a hash and a list on the same work'],
  ['cachelab redis choose likes --size 10000', 'with ten times as many people'],
  ['cachelab redis choose session --format markdown', 'for a report'],
] as const

export function configure(command: Command): Command {
  return formatOption(command)
    .addArgument(
      new Argument('[use-case]', 'what is to be built; without one, they are listed')
        .choices(useCaseNames)
        .argParser(choice('the use case', useCaseNames)),
    )
    .description(
      'Measures every plausible Redis structure for a use case on the same work: steps, bytes and memory.',
    )
    .addOption(
      new Option('--size <count>', 'how many items (default: by the use case)').argParser(
        wholeNumber('--size', 10, 100_000),
      ),
    )
    .action(run)
}

async function run(name: UseCaseName | undefined, { size, format }: Flags): Promise<void> {
  if (name === undefined) {
    write(useCaseNames.map((one) => `${one.padEnd(12)} ${useCases[one].title}\n`).join(''))
    return
  }
  await show(format, 'measuring', () => choose(name, size))
}
