import { type Command, Option } from 'commander'
import { clusterNames, nodeCount } from '../../experiment/cluster/setup.js'
import { verifyCluster, verifySchedule } from '../../experiment/cluster/verify.js'
import { InputError } from '../../input-error.js'
import type { FormatName } from '../../report/index.js'
import { wholeNumber } from '../options/arguments.js'
import { type ClusterFlags, clusterLoadOptions, clusterSetup } from '../options/cluster.js'
import { checkOnlyNodesFail, type FaultFlags, faultOptions, faultsOf } from '../options/fault.js'
import { checkRequests } from '../options/load.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends ClusterFlags, FaultFlags {
  schedules: number
  calm?: true
  format: FormatName
}

export const examples = [
  ['cachelab cluster verify --schedules 20', 'twenty random schedules of faults'],
  [
    "cachelab cluster verify --seed 3 --kill node-A@2s --partition 'node-B|rest@3s'",
    'one schedule, event by event',
  ],
  ['cachelab cluster verify --calm --hop 20ms', 'nothing breaks; slots move'],
] as const

/** Keys have so many hash tags: slots that move have many of them. */
const TAGS = 8
const MAX_NODES = 31

export function configure(command: Command): Command {
  return faultOptions(
    formatOption(clusterLoadOptions(command, { rate: 100, duration: 10_000 }))
      .addOption(
        new Option('--schedules <count>', 'random schedules of faults; every tenth has none')
          .default(100)
          .argParser(wholeNumber('--schedules', 1, 100_000)),
      )
      .addOption(new Option('--calm', 'one schedule in which nothing breaks')),
  )
    .description(
      'Lets random faults happen while clients write and slots move, and looks for what must never be. With faults of your own, that one schedule runs, and its events are shown.',
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const plain = clusterSetup(flags, { tags: TAGS })
  if (nodeCount(plain) > MAX_NODES)
    throw new InputError(
      `--masters × (--replicas + 1) must be at most ${MAX_NODES} nodes here, got ${nodeCount(plain)}`,
    )
  const names = clusterNames(plain)
  const faults = faultsOf(flags, names, flags.duration)
  const setup = { ...plain, faults }
  checkOnlyNodesFail(faults, names, nodeCount(setup))
  checkRequests(setup)
  await show(flags.format, 'verifying', (progress) =>
    flags.calm || faults.length > 0
      ? verifySchedule(setup)
      : verifyCluster({ setup, schedules: flags.schedules }, progress),
  )
}
