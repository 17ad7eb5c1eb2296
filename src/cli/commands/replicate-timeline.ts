import { type Command, Option } from 'commander'
import { historyDefaults } from '../../experiment/replication/history.js'
import { replicationTimeline } from '../../experiment/replication/timeline.js'
import type { LoadWorkload } from '../../workload/eighty-twenty.js'
import { duration } from '../options/arguments.js'
import { type FaultFlags, faultOptions, faultsOf } from '../options/fault.js'
import { checkRequests, rateOption, readRatioOption, timeOption } from '../options/load.js'
import {
  clusterOptions,
  loadOption,
  memoryOptions,
  modeOptions,
  networkOptions,
  type ReplicationFlags,
  recoveryOptions,
  replicasOption,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

interface Flags extends ReplicationFlags, FaultFlags {
  duration: number
  rate: number
  readRatio: number
  workload: LoadWorkload
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
  const load = loadOption(
    readRatioOption(rateOption(recoveryOptions(cluster), historyDefaults.rate), historyDefaults.readRatio),
  )
  return faultOptions(load)
    .description('Runs requests on a cluster while things break, and shows half a second a row.')
    .addOption(timeOption('--duration', 'how long requests come', historyDefaults.duration, 1))
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
