import { type Command, Option } from 'commander'
import { historyDefaults, type LoadName, loadNames } from '../../experiment/replication/history.js'
import { replicationTimeline } from '../../experiment/replication/timeline.js'
import { choice, decimal, duration } from '../arguments.js'
import { type FaultFlags, faultOptions, faultsOf } from '../fault-options.js'
import {
  checkRequests,
  clusterOptions,
  memoryOptions,
  modeOptions,
  networkOptions,
  type ReplicationFlags,
  recoveryOptions,
  replicasOption,
  replicationSetup,
  timeOption,
} from '../replication-options.js'
import { show } from '../show.js'

interface Flags extends ReplicationFlags, FaultFlags {
  duration: number
  rate: number
  readRatio: number
  workload: LoadName
  ttl?: number
}

export const examples = [
  ['cachelab replicate timeline --kill node-B@2s --restart node-B@6s', 'a node dies and comes back empty'],
  [
    'cachelab replicate timeline --mode async --hang node-A@1s --heal @4s',
    'silence is not death: a node hangs',
  ],
  [
    "cachelab replicate timeline --mode quorum --replicas 3 --partition 'node-A|node-B,node-C@3s' --heal @5s",
    'the network splits',
  ],
] as const

export function configure(command: Command): Command {
  const cluster = memoryOptions(
    networkOptions(modeOptions(replicasOption(clusterOptions(command))), historyDefaults.remember),
  )
  return faultOptions(recoveryOptions(cluster))
    .description('Runs requests on a cluster while things break, and shows half a second a row.')
    .addOption(timeOption('--duration', 'how long requests come', historyDefaults.duration, 1))
    .addOption(
      new Option('--rate <number>', 'requests a second')
        .default(historyDefaults.rate)
        .argParser(decimal('--rate', 0.001, 1_000_000)),
    )
    .addOption(
      new Option('--read-ratio <number>', 'share of the requests that read')
        .default(historyDefaults.readRatio)
        .argParser(decimal('--read-ratio', 0, 1)),
    )
    .addOption(
      new Option('--workload <name>', 'which keys are asked for')
        .choices(loadNames)
        .default(historyDefaults.workload)
        .argParser(choice('--workload', loadNames)),
    )
    .addOption(
      new Option('--ttl <time>', 'a key that is written expires after so long (default: never)').argParser(
        duration('--ttl', 1, 3_600_000),
      ),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const setup = replicationSetup(flags)
  checkRequests(flags)
  const faults = faultsOf(flags, flags.nodes, flags.duration)
  await show(flags.format, 'running', (progress) =>
    replicationTimeline({ ...flags, ...setup, faults, ttl: flags.ttl ?? historyDefaults.ttl }, progress),
  )
}
