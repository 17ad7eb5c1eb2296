import { type Command, Option } from 'commander'
import { ringDistribution } from '../../experiment/ring/distribution.js'
import { InputError } from '../../input-error.js'
import { loadWorkloads } from '../../workload/eighty-twenty.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { connectOption } from '../options/connect.js'
import { keysFrom } from '../options/keys.js'
import {
  checkPoints,
  type DistributionFlags,
  keysOptions,
  placementOptions,
  ringOptions,
  unusedOptions,
} from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { note } from '../output/terminal.js'

const DEFAULT_REQUESTS = 100_000

export const examples = [
  ['cachelab ring --vnodes 150', 'the lesson’s demo: 10,000 keys on three nodes'],
  ['cachelab ring --nodes cache1,cache2 --vnodes 1', 'two nodes without virtual nodes: uneven'],
  ['cachelab ring --workload zipf --requests 100000', 'load beside keys, under the 80/20 rule'],
] as const

export function configure(command: Command): Command {
  return connectOption(placementOptions(keysOptions(ringOptions(command))))
    .description('Shows how keys spread over nodes, beside what theory expects.')
    .usage('[options]  or  cachelab ring <command> [options]')
    .addOption(
      new Option('--workload <name>', 'send requests to the keys and count load too')
        .choices(loadWorkloads)
        .argParser(choice('--workload', loadWorkloads)),
    )
    .addOption(
      new Option(
        '--requests <count>',
        `how many requests (default: ${DEFAULT_REQUESTS} with --workload)`,
      ).argParser(wholeNumber('--requests', 1, 1e9)),
    )
    .action(run)
}

async function run(flags: DistributionFlags, command: Command): Promise<void> {
  if (flags.connect) return (await import('../connect/ring.js')).runRealRing(flags, flags.connect, command)
  checkPoints(flags)
  if (flags.requests !== undefined && !flags.workload)
    throw new InputError('--requests needs --workload zipf or uniform')
  const keys = keysFrom(flags)
  const requests = flags.workload && { workload: flags.workload, count: flags.requests ?? DEFAULT_REQUESTS }
  await show(flags.format, 'placing keys', (progress) =>
    ringDistribution({ ...flags, seed: flags.seed, keys, requests }, progress),
  )
  noteBlankLines(keys)
  const unused = unusedOptions(command, flags.placement)
  // Requests are drawn with the seed, whatever places the keys.
  for (const text of unused) if (!(flags.workload && text.endsWith('--seed'))) note(text)
}
