import { type Command, Option } from 'commander'
import { remoteFailover } from '../../remote/experiment/failover.js'
import { kindOf, measureOutage } from '../../remote/failover.js'
import { clusterSettings, sentinelSettings } from '../../remote/local-servers.js'
import type { FormatName } from '../../report/index.js'
import { wholeNumber } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { runningLab } from '../servers.js'

interface Flags {
  runs: number
  format: FormatName
}

export const examples = [
  ['cachelab lab up --sentinel && cachelab lab failover; cachelab lab down', 'Sentinel'],
  ['cachelab lab up --cluster 6 && cachelab lab failover; cachelab lab down', 'a cluster'],
  [
    'cachelab lab up --cluster 6 && cachelab lab failover --runs 20; cachelab lab down',
    'beside twenty simulated ones',
  ],
] as const

export function configure(command: Command): Command {
  return formatOption(command)
    .description(
      'Kills the master of the lab that runs, measures how long no write is acknowledged, and shows it beside the simulation with the same timeouts.',
    )
    .addOption(
      new Option('--runs <count>', 'simulated failovers')
        .default(5)
        .argParser(wholeNumber('--runs', 1, 1000)),
    )
    .action(run)
}

async function run({ runs, format }: Flags): Promise<void> {
  const lab = runningLab()
  const kind = kindOf(lab)
  const timeout = kind === 'sentinel' ? sentinelSettings.downAfter : clusterSettings.nodeTimeout
  await show(format, 'failing over', (progress) =>
    remoteFailover({ kind, timeout, runs }, () => measureOutage(lab), progress),
  )
}
