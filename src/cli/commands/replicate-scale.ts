import { type Command, Option } from 'commander'
import { replicationScale } from '../../experiment/replication/scale.js'
import { InputError } from '../../input-error.js'
import type { LoadWorkload } from '../../workload/eighty-twenty.js'
import { wholeNumber } from '../options/arguments.js'
import { rateOption } from '../options/load.js'
import {
  clusterOptions,
  loadOption,
  memoryOptions,
  networkOptions,
  type ReplicationFlags,
  replicasOption,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

interface Flags extends ReplicationFlags {
  rate: number
  requests: number
  workload: LoadWorkload
}

export const examples = [
  ['cachelab replicate scale', 'three nodes and a fourth, ring beside modulo'],
  ['cachelab replicate scale --nodes 10 --workload zipf', 'more nodes, and favourites'],
  ['cachelab replicate scale --replicas 2', 'a second copy softens a departure'],
] as const

export function configure(command: Command): Command {
  const cluster = memoryOptions(networkOptions(replicasOption(clusterOptions(command), 1)))
  return loadOption(rateOption(cluster, 20_000))
    .description('Lets a node join and a node leave under load, and counts the misses that this causes.')
    .addOption(
      new Option('--requests <count>', 'requests before each change, and as many after it')
        .default(20_000)
        .argParser(wholeNumber('--requests', 1, 1_000_000)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  if (flags.nodes.length < 2) {
    throw new InputError('--nodes must be at least 2 here: a node leaves, and somebody has to stay')
  }
  const setup = replicationSetup(flags)
  const { rate, requests, workload } = flags
  await show(flags.format, 'scaling', (progress) =>
    replicationScale({ ...setup, rate, requests, workload }, progress),
  )
}
