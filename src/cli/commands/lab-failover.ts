import { remoteFailover } from '../../remote/experiment/failover.js'
import { kindOf, measureOutage } from '../../remote/failover.js'
import { clusterSettings, sentinelSettings } from '../../remote/local-servers.js'
import { wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'
import { runningLab } from '../servers.js'

export const { configure, examples, accepts } = command({
  description:
    'Kills the master of the lab that runs, measures how long no write is acknowledged, and shows it beside the simulation with the same timeouts.',
  options: {
    format: formatOption,
    runs: option('<count>', 'simulated failovers', wholeNumber(1, 1000), 5),
  },
  again: 'trusted',
  examples: [
    ['cachelab lab up --sentinel && cachelab lab failover; cachelab lab down', 'Sentinel'],
    ['cachelab lab up --cluster 6 && cachelab lab failover; cachelab lab down', 'a cluster'],
    [
      'cachelab lab up --cluster 6 && cachelab lab failover --runs 20; cachelab lab down',
      'beside twenty simulated ones',
    ],
  ],
  async run({ runs, format }) {
    const lab = runningLab()
    const kind = kindOf(lab)
    const timeout = kind === 'sentinel' ? sentinelSettings.downAfter : clusterSettings.nodeTimeout
    await show(format, 'failing over', (progress) =>
      remoteFailover({ kind, timeout, runs }, () => measureOutage(lab), progress),
    )
  },
})
