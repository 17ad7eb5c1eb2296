import { type Command, Option } from 'commander'
import { type WriteMode, writeModes } from '../../cache-cluster/client.js'
import { replicationCheck } from '../../experiment/replication/check.js'
import { historyDefaults } from '../../experiment/replication/history.js'
import { choices, wholeNumber } from '../options/arguments.js'
import { checkRequests, rateOption, readRatioOption, timeOption } from '../options/load.js'
import {
  clusterOptions,
  networkOptions,
  quorumOptions,
  type ReplicationFlags,
  recoveryOptions,
  replicasOption,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

interface Flags extends ReplicationFlags {
  modes: WriteMode[]
  schedules: number
  duration: number
  rate: number
  readRatio: number
}

export const examples = [
  ['cachelab replicate check --schedules 100', 'three write modes against a hundred schedules of faults'],
  [
    'cachelab replicate check --modes quorum --read-quorum 1 --schedules 100',
    'a read quorum that is too small',
  ],
  [
    'cachelab replicate check --modes async --replicas 2 --hints --schedules 100',
    'what hinted hand-off mends',
  ],
] as const

export function configure(command: Command): Command {
  const modes = choices('--modes', writeModes)
  const cluster = replicasOption(clusterOptions(command, '4', 20), 3)
  const recovering = recoveryOptions(networkOptions(quorumOptions(cluster), historyDefaults.remember))
  return readRatioOption(rateOption(recovering, 300, 100_000), 0.5)
    .description(
      'Lets random faults loose on a cluster, and shows for each promise that breaks the least it takes.',
    )
    .addOption(
      new Option('--modes <names>', 'write modes between commas, or all')
        .default(modes('all'), 'all')
        .argParser(modes),
    )
    .addOption(
      new Option('--schedules <count>', 'random schedules of faults for each mode')
        .default(1000)
        .argParser(wholeNumber('--schedules', 1, 10_000_000)),
    )
    .addOption(timeOption('--duration', 'how long each runs', 3000, 1))
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const { modes, schedules, duration, rate, readRatio } = flags
  checkRequests(flags)
  // Quorums hold for the mode that has them.
  const setup = replicationSetup({ ...flags, mode: 'quorum' })
  await show(flags.format, 'breaking things', (progress) =>
    replicationCheck(
      {
        ...setup,
        modes,
        schedules,
        duration,
        rate,
        readRatio,
        workload: 'uniform',
        ttl: historyDefaults.ttl,
      },
      progress,
    ),
  )
}
