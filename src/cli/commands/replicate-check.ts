import { writeModes } from '../../cache-cluster/client.js'
import { replicationCheck } from '../../experiment/replication/check.js'
import { historyDefaults } from '../../experiment/replication/history.js'
import { choices, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { divisionOptions } from '../options/division.js'
import { checkRequests, rateOption, readRatioOption, timeOption } from '../options/load.js'
import {
  clusterOptions,
  networkOptions,
  quorumOptions,
  recoveryOptions,
  replicasOption,
  replicationSetup,
} from '../options/replication.js'
import { show } from '../output/show.js'

const modes = choices(writeModes)
/** Each core runs a schedule, in which requests wait for nodes that are slow. */
const MAX_RATE = 20_000

export const { configure, examples, accepts } = command({
  description:
    'Injects random faults into a cluster, and shows for each broken promise the shortest schedule that breaks it.',
  options: {
    ...clusterOptions('4', 20),
    replicas: replicasOption(3),
    ...quorumOptions,
    ...networkOptions(historyDefaults.remember),
    ...recoveryOptions,
    rate: rateOption(300, MAX_RATE),
    readRatio: readRatioOption(0.5),
    modes: option('<names>', 'write modes between commas, or all', modes, 'all').first(),
    schedules: option(
      '<count>',
      'random schedules of faults for each mode',
      wholeNumber(1, 10_000_000),
      200,
    ).first(),
    duration: timeOption('how long each schedule runs', 3000, 1),
    ...divisionOptions,
  },
  examples: [
    ['cachelab replicate check --schedules 100', 'three write modes against a hundred schedules of faults'],
    ['cachelab replicate check --modes quorum --read-quorum 1 --schedules 100', 'a read quorum too small'],
    ['cachelab replicate check --modes async --replicas 2 --hints --schedules 100', 'with hinted handoff'],
  ],
  async run(flags, _, { isGiven }) {
    const { modes, schedules, duration, rate, readRatio } = flags
    checkRequests(flags)
    // Quorums apply in mode quorum only.
    const setup = replicationSetup({ ...flags, mode: 'quorum' }, isGiven)
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
  },
})
