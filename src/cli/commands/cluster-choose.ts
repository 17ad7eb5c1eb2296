import { type Command, Option } from 'commander'
import { chooseTopology } from '../../experiment/cluster/choose.js'
import type { FormatName } from '../../report/index.js'
import { bytes, decimal } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags {
  data: number
  memory: number
  transactions?: true
  rate: number
  perNode: number
  format: FormatName
}

export const examples = [
  ['cachelab cluster choose --data 10GB', 'problem 2a'],
  ['cachelab cluster choose --data 1TB --memory 64GB', 'problem 2b'],
  ['cachelab cluster choose --data 10GB --rate 1000000', 'problem 2d; with --transactions 2c'],
] as const

const LEAST = 1 << 20
const MOST = 1e18

export function configure(command: Command): Command {
  return formatOption(command)
    .description(
      'Sentinel or Cluster for what a service needs, and the rule that decides: the lesson’s problem 2.',
    )
    .addOption(
      new Option('--data <size>', 'of all data, such as 10GB or 1TB')
        .default(10e9, '10GB')
        .argParser(bytes('--data', LEAST, MOST)),
    )
    .addOption(
      new Option('--memory <size>', 'of one machine')
        .default(64e9, '64GB')
        .argParser(bytes('--memory', LEAST, MOST)),
    )
    .addOption(new Option('--transactions', 'many commands over several keys'))
    .addOption(
      new Option('--rate <number>', 'requests a second')
        .default(10_000)
        .argParser(decimal('--rate', 1, 1e12)),
    )
    .addOption(
      new Option('--per-node <number>', 'requests a second that one server does')
        .default(100_000)
        .argParser(decimal('--per-node', 1, 1e12)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  await show(flags.format, 'choosing', () =>
    chooseTopology({ ...flags, transactions: flags.transactions ?? false }),
  )
}
