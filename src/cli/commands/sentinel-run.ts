import { actorNames, type SentinelSetup, sentinelDefaults } from '../../experiment/sentinel/history.js'
import { sweepDownAfter } from '../../experiment/sentinel/sweep.js'
import { sentinelTimeline } from '../../experiment/sentinel/timeline.js'
import { InputError } from '../../input-error.js'
import { choice, list, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { divisionOptions, refuseDivision } from '../options/division.js'
import { checkOnlyNodesFail, faultOptions, faultsOf } from '../options/fault.js'
import { checkCopies, checkRequests, nodeOptions, timeOption } from '../options/load.js'
import { formatOption, runsOption } from '../options/ring.js'
import { show } from '../output/show.js'

const MAX_NODES = 50
/** Milliseconds each. */
const SWEPT = [200, 500, 1000, 2000, 5000, 10_000]
const SWEEP = { duration: 60_000, rate: 100 }

const d = sentinelDefaults
const count = (what: string, min: number, initial: number) =>
  option('<count>', what, wholeNumber(min, MAX_NODES), initial)

export const { configure, examples, accepts } = command({
  description:
    'Runs clients of a master that fails, and shows what its sentinels do. Actors are master, replica-1, …, sentinel-1, …, client-1, …',
  options: {
    sentinels: count('sentinels', 1, d.sentinels),
    quorum: option(
      '<count>',
      'sentinels that must see the master down (default: 2, or all if fewer)',
      wholeNumber(1, MAX_NODES),
    ),
    replicas: count('replicas of the master', 1, d.replicas),
    clients: count('clients; each asks a different sentinel first', 1, d.clients),
    downAfter: timeOption(
      'time without an answer after which a node counts as down',
      d.downAfter,
      10,
    ).first(),
    failoverTimeout: timeOption('Sentinel’s failover-timeout', d.failoverTimeout, 100),
    minReplicasToWrite: count('with fewer replicas the master refuses writes', 0, d.minReplicasToWrite),
    minReplicasMaxLag: timeOption(
      'a replica counts if it was heard from within this time',
      d.minReplicasMaxLag,
      1000,
    ),
    priority: option(
      '<list>',
      'priority of each replica, between commas; 0 is never promoted',
      list(wholeNumber(0, 1_000_000)),
      [],
      '100 each',
    ),
    ...nodeOptions(d),
    format: formatOption,
    ...faultOptions,
    sweep: option(
      '<what>',
      'try several values of down-after on a master that stalls',
      choice(['down-after']),
    ),
    runs: runsOption('sweep: runs for each value', 5, 1000),
    stallEvery: timeOption('sweep: mean time between stalls', 5000, 100),
    stallFor: timeOption('sweep: mean length of a stall', 400, 1),
    ...divisionOptions,
  },
  examples: [
    ['cachelab sentinel run --kill master@1s', 'a failover, event by event'],
    [
      "cachelab sentinel run --clients 2 --partition 'master,sentinel-1,client-1|rest@2s' --heal @12s",
      'two masters at once',
    ],
    ['cachelab sentinel run --sweep down-after', 'outages and false failovers against down-after'],
  ],
  async run(flags, _, { isGiven }) {
    const { sentinels, sweep } = flags
    const quorum = flags.quorum ?? Math.min(2, sentinels)
    if (quorum > sentinels)
      throw new InputError(`--quorum must be from 1 to ${sentinels}, the number of sentinels, got ${quorum}`)
    if (flags.priority.length > flags.replicas)
      throw new InputError(
        `--priority must name at most ${flags.replicas}, the number of replicas, got ${flags.priority.length}`,
      )
    if (flags.minReplicasToWrite > flags.replicas)
      throw new InputError(
        `--min-replicas-to-write must be at most ${flags.replicas}, the number of replicas, got ${flags.minReplicasToWrite}: every write would be refused`,
      )
    const times =
      sweep && !isGiven('duration') && !isGiven('rate')
        ? SWEEP
        : { duration: flags.duration, rate: flags.rate }
    const names = actorNames(flags)
    const setup: SentinelSetup = {
      ...flags,
      ...times,
      quorum,
      priorities: flags.priority,
      faults: faultsOf(flags, names, times.duration),
    }
    checkOnlyNodesFail(setup.faults, names, names.length - setup.clients)
    checkRequests(setup)
    checkCopies(setup, setup.replicas + 1)
    if (!sweep) refuseDivision(flags, 'without --sweep there is one run')
    if (!sweep) return show(flags.format, 'running', (progress) => sentinelTimeline(setup, progress))
    if (setup.faults.length > 0)
      throw new InputError('--sweep causes faults of its own; leave out --kill, --hang and the others')
    if (setup.duration < 30_000)
      throw new InputError('--sweep needs a --duration of at least 30s, to have enough stalls')
    await show(flags.format, 'running', (progress) =>
      sweepDownAfter({ ...flags, downAfters: SWEPT, setup }, progress),
    )
  },
})
