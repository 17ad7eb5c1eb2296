import { clusterNames, nodeCount } from '../../experiment/cluster/setup.js'
import { verifyCluster, verifySchedule } from '../../experiment/cluster/verify.js'
import { InputError } from '../../input-error.js'
import { wholeNumber } from '../options/arguments.js'
import { clusterLoadOptions, clusterSetup } from '../options/cluster.js'
import { command, flag, option } from '../options/declare.js'
import { divisionOptions, refuseDivision } from '../options/division.js'
import { checkOnlyNodesFail, faultOptions, faultsOf } from '../options/fault.js'
import { checkCopies, checkRequests } from '../options/load.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

/** Number of hash tags that keys have: with few tags, a slot that moves has many keys. */
const TAGS = 8
const MAX_NODES = 31
/** Of one schedule, as each core runs one: some 2 KB a copy. */
const MAX_REQUESTS = 50_000
const MAX_COPIES = 75_000

export const { configure, examples, accepts } = command({
  description:
    'Injects random faults while clients write and slots move, and checks that the cluster’s promises hold. With faults of your own, only that schedule runs, and its events are shown.',
  options: {
    ...clusterLoadOptions({ rate: 100, duration: 10_000 }),
    format: formatOption,
    schedules: option(
      '<count>',
      'random schedules of faults; every tenth has none',
      wholeNumber(1, 100_000),
      50,
    ).first(),
    calm: flag('one schedule in which nothing breaks'),
    ...faultOptions,
    ...divisionOptions,
  },
  examples: [
    ['cachelab cluster verify --schedules 20', 'twenty random schedules of faults'],
    [
      "cachelab cluster verify --seed 3 --kill node-A@2s --partition 'node-B|rest@3s'",
      'one schedule, event by event',
    ],
    ['cachelab cluster verify --calm --hop 20ms', 'nothing breaks; slots move'],
  ],
  async run(flags) {
    const plain = clusterSetup(flags, { tags: TAGS })
    if (nodeCount(plain) > MAX_NODES)
      throw new InputError(
        `--masters × (--replicas + 1) must be at most ${MAX_NODES} nodes here, got ${nodeCount(plain)}`,
      )
    const names = clusterNames(plain)
    const faults = faultsOf(flags, names, flags.duration)
    const setup = { ...plain, faults }
    checkOnlyNodesFail(faults, names, nodeCount(setup))
    checkRequests(setup, MAX_REQUESTS)
    checkCopies(setup, setup.replicas + 1, 0, MAX_COPIES)
    const isOne = flags.calm || faults.length > 0
    if (isOne) refuseDivision(flags, 'with --calm or faults of your own there is one schedule')
    await show(flags.format, 'verifying', (progress) =>
      isOne
        ? verifySchedule(setup, progress)
        : verifyCluster({ setup, schedules: flags.schedules }, progress),
    )
  },
})
