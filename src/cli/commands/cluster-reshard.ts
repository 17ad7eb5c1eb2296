import { type Command, Option } from 'commander'
import { InputError } from '../../input-error.js'
import { nodeNames, SLOTS } from '../../placement/index.js'
import { slotRanges } from '../../redis-deployment/cluster/layout.js'
import { wholeNumber } from '../options/arguments.js'
import { masterNumber, type ReshardFlags, reshardOptions, runReshard } from '../options/reshard.js'

interface Flags extends ReshardFlags {
  slots: number
  from: string
  to: string
}

export const examples = [
  ['cachelab cluster reshard --slots 100', '100 slots from node-A to node-B'],
  [
    'cachelab cluster reshard --slots 300 --from node-C --to node-A --keys 50000',
    'slots with several keys: ASK',
  ],
  ['cachelab cluster reshard --slots 1000 --pipeline 10', 'ten keys at a time'],
] as const

export function configure(command: Command): Command {
  return reshardOptions(command)
    .description('Moves slots from one master to another while clients go on.')
    .addOption(
      new Option('--slots <count>', 'how many; the lowest of those it has')
        .default(1000)
        .argParser(wholeNumber('--slots', 1, SLOTS)),
    )
    .addOption(new Option('--from <node>', 'a master').default('node-A'))
    .addOption(new Option('--to <node>', 'another').default('node-B'))
    .action(run)
}

async function run(flags: Flags, command: Command): Promise<void> {
  const masters = nodeNames(flags.masters)
  const from = masterNumber('--from', flags.from, masters)
  const to = masterNumber('--to', flags.to, masters)
  if (from === to) throw new InputError(`--to must be another master than --from, got ${flags.to} for both`)
  const [first, last] = slotRanges(flags.masters)[from]
  if (flags.slots > last - first + 1)
    throw new InputError(
      `--slots must be at most ${last - first + 1}, what ${flags.from} has, got ${flags.slots}`,
    )
  await runReshard(flags, { kind: 'reshard', from, to, slots: flags.slots }, command)
}
