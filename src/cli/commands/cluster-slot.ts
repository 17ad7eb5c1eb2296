import { Argument, type Command, Option } from 'commander'
import { keySlots } from '../../experiment/cluster/slot.js'
import { InputError } from '../../input-error.js'
import type { FormatName } from '../../report/index.js'
import { wholeNumber } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags {
  masters: number
  format: FormatName
}

export const examples = [
  ['cachelab cluster slot user:123', 'the lesson’s key'],
  ["cachelab cluster slot '{user:123}:cart' '{user:123}:orders'", 'kept together by a tag'],
  ["cachelab cluster slot 'a{}b{c}' 'a{{b}}c' --masters 6", 'what is a tag and what isn’t'],
] as const

export function configure(command: Command): Command {
  return formatOption(command)
    .addArgument(new Argument('<key...>', 'keys, as text'))
    .description(
      'Says in which of the 16384 slots keys are, and why, and which node of a new cluster has it.',
    )
    .addOption(
      new Option('--masters <count>', 'of the cluster that is asked')
        .default(3)
        .argParser(wholeNumber('--masters', 1, 1000)),
    )
    .action(run)
}

async function run(keys: readonly string[], { masters, format }: Flags): Promise<void> {
  if (keys.includes('')) throw new InputError('a key must be text, got ""')
  await show(format, 'hashing', () => keySlots(keys, masters))
}
