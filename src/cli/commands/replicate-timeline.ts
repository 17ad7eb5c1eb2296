import { historyDefaults } from '../../experiment/replication/history.js'
import { replicationTimeline } from '../../experiment/replication/timeline.js'
import { duration } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { faultOptions, faultsOf } from '../options/fault.js'
import { checkRequests, rateOption, readRatioOption, timeOption } from '../options/load.js'
import {
  clusterOptions,
  loadOption,
  memoryOptions,
  modeOptions,
  networkOptions,
  recoveryOptions,
  replicasOption,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Runs requests on a cluster while nodes fail, and shows a row for each half second.',
  options: {
    ...clusterOptions(),
    replicas: replicasOption(),
    ...modeOptions,
    ...networkOptions(historyDefaults.remember),
    ...memoryOptions,
    ...recoveryOptions,
    rate: rateOption(historyDefaults.rate),
    readRatio: readRatioOption(historyDefaults.readRatio),
    workload: loadOption,
    ...faultOptions,
    duration: timeOption('how long clients send requests', historyDefaults.duration, 1),
    ttl: option('<time>', 'time to live of a written key (default: none)', duration(1, 3_600_000)),
  },
  examples: [
    ['cachelab replicate timeline --kill node-B@2s --restart node-B@6s', 'a node dies and comes back empty'],
    [
      'cachelab replicate timeline --mode async --hang node-A@1s --heal @4s',
      'a node hangs, and answers again later',
    ],
    [
      "cachelab replicate timeline --mode quorum --replicas 3 --partition 'node-A|node-B,node-C@3s' --heal @5s",
      'the network splits',
    ],
  ],
  async run(flags, _, { isGiven }) {
    const setup = replicationSetup(flags, isGiven)
    checkRequests(flags)
    const faults = faultsOf(flags, flags.nodes, flags.duration)
    await show(flags.format, 'running', (progress) =>
      replicationTimeline({ ...flags, ...setup, faults, ttl: flags.ttl ?? historyDefaults.ttl }, progress),
    )
  },
})
