import { compareTopologies } from '../../experiment/cluster/compare.js'
import { clusterDefaults } from '../../experiment/cluster/setup.js'
import { sentinelDefaults } from '../../experiment/sentinel/history.js'
import { bytes, wholeNumber } from '../options/arguments.js'
import { checkShape, clusterShape } from '../options/cluster.js'
import { command, option } from '../options/declare.js'
import { timeOption } from '../options/load.js'
import { formatOption, seedOption } from '../options/ring.js'
import { show } from '../output/show.js'

/** A run lasts some three of them, and what is written in it is kept. */
const MAX_TIMEOUT = 600_000

export const { configure, examples, accepts } = command({
  description: 'Compares Sentinel with Cluster: measures each cell of the lesson’s table 3.3.',
  options: {
    ...clusterShape,
    format: formatOption,
    memory: option('<size>', 'memory of a node', bytes(1e6, 1e15), '16GB'),
    service: timeOption('time that a node takes for a command, for the throughput', 1, 0.05),
    downAfter: timeOption('Sentinel’s down-after-milliseconds', sentinelDefaults.downAfter, 100),
    nodeTimeout: timeOption('Cluster’s cluster-node-timeout', clusterDefaults.nodeTimeout, 100, MAX_TIMEOUT),
    runs: option('<count>', 'failovers of each', wholeNumber(1, 100), 3),
    seed: seedOption(),
  },
  examples: [
    ['cachelab cluster compare', 'the lesson’s table 3.3, measured'],
    ['cachelab cluster compare --node-timeout 1s --runs 2', 'with the same timeout as Sentinel'],
    ['cachelab cluster compare --masters 6 --runs 1', 'six masters'],
  ],
  async run(flags) {
    checkShape(flags)
    await show(flags.format, 'measuring', (progress) => compareTopologies(flags, progress))
  },
})
