import { type Command, Option } from 'commander'
import { compareTopologies } from '../../experiment/cluster/compare.js'
import { clusterDefaults } from '../../experiment/cluster/setup.js'
import { sentinelDefaults } from '../../experiment/sentinel/history.js'
import type { FormatName } from '../../report/index.js'
import { bytes, wholeNumber } from '../options/arguments.js'
import { checkShape, clusterShape, type ShapeFlags } from '../options/cluster.js'
import { timeOption } from '../options/load.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends ShapeFlags {
  memory: number
  service: number
  runs: number
  downAfter: number
  nodeTimeout: number
  seed: number
  format: FormatName
}

export const examples = [
  ['cachelab cluster compare', 'the lesson’s table 3.3, measured'],
  ['cachelab cluster compare --node-timeout 1s --runs 2', 'as patient as Sentinel'],
  ['cachelab cluster compare --masters 6 --runs 1', 'six masters'],
] as const

export function configure(command: Command): Command {
  return formatOption(clusterShape(command))
    .description('A master with sentinels beside a cluster: each cell of the lesson’s table 3.3 measured.')
    .addOption(
      new Option('--memory <size>', 'of a node')
        .default(16e9, '16GB')
        .argParser(bytes('--memory', 1e6, 1e15)),
    )
    .addOption(timeOption('--service', 'a node works so long on a command, for the throughput', 1, 0.05))
    .addOption(timeOption('--down-after', 'Sentinel’s', sentinelDefaults.downAfter, 100))
    .addOption(timeOption('--node-timeout', 'Cluster’s', clusterDefaults.nodeTimeout, 100))
    .addOption(
      new Option('--runs <count>', 'failovers of each').default(3).argParser(wholeNumber('--runs', 1, 100)),
    )
    .addOption(
      new Option('--seed <number>', 'seed of times and requests')
        .default(1)
        .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  checkShape(flags)
  await show(flags.format, 'measuring', (progress) => compareTopologies(flags, progress))
}
