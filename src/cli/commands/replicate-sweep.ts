import { type Command, Option } from 'commander'
import { replicationLoss } from '../../experiment/replication/loss.js'
import { wholeNumber, wholeNumbers } from '../options/arguments.js'
import {
  checkReplicas,
  clusterOptions,
  type ReplicationFlags,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

interface Flags extends Omit<ReplicationFlags, 'replicas'> {
  replicas?: number[]
  samples: number
}

export const examples = [
  ['cachelab replicate sweep', 'one to five copies on six nodes, against every number of dead nodes'],
  ['cachelab replicate sweep --vnodes 1 --replicas 2', 'few virtual nodes: the wrong two nodes hurt'],
  [
    'cachelab replicate sweep --nodes 30 --replicas 3 --keys 2000 --samples 100',
    'more nodes, random choices',
  ],
] as const

export function configure(command: Command): Command {
  return clusterOptions(command, '6')
    .description(
      'Counts the keys that are lost when nodes die, for several numbers of copies, beside the formula.',
    )
    .addOption(
      new Option(
        '--replicas <counts>',
        'copies of each key, several between commas (default: 1 to 5)',
      ).argParser(wholeNumbers('--replicas', 1, 1000)),
    )
    .addOption(
      new Option('--samples <count>', 'choices of dead nodes to try, where there are more')
        .default(1000)
        .argParser(wholeNumber('--samples', 1, 1_000_000)),
    )
    .action(run)
}

async function run({ replicas, ...flags }: Flags): Promise<void> {
  const factors = replicas ?? [1, 2, 3, 4, 5].filter((factor) => factor <= flags.nodes.length)
  checkReplicas('--replicas', factors[factors.length - 1], flags.nodes)
  const setup = replicationSetup(flags)
  await show(flags.format, 'killing nodes', (progress) =>
    replicationLoss({ ...setup, factors, samples: flags.samples }, progress),
  )
}
