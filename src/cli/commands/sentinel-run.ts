import { type Command, Option } from 'commander'
import { actorNames, type SentinelSetup, sentinelDefaults } from '../../experiment/sentinel/history.js'
import { sweepDownAfter } from '../../experiment/sentinel/sweep.js'
import { sentinelTimeline } from '../../experiment/sentinel/timeline.js'
import { InputError } from '../../input-error.js'
import type { FormatName } from '../../report/index.js'
import { choice, wholeNumber } from '../options/arguments.js'
import { checkOnlyNodesFail, type FaultFlags, faultOptions, faultsOf } from '../options/fault.js'
import { checkRequests, type NodeFlags, nodeOptions, timeOption } from '../options/load.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends NodeFlags, FaultFlags {
  sentinels: number
  quorum?: number
  replicas: number
  clients: number
  downAfter: number
  failoverTimeout: number
  minReplicasToWrite: number
  minReplicasMaxLag: number
  priority: number[]
  sweep?: 'down-after'
  runs: number
  stallEvery: number
  stallFor: number
  format: FormatName
}

const MOST = 50
/** Milliseconds each. */
const SWEPT = [200, 500, 1000, 2000, 5000, 10_000]
const SWEEP = { duration: 60_000, rate: 100 }

export const examples = [
  ['cachelab sentinel run --kill master@1s', 'a failover, event by event'],
  [
    "cachelab sentinel run --clients 2 --partition 'master,sentinel-1,client-1|rest@2s' --heal @12s",
    'two masters at once',
  ],
  ['cachelab sentinel run --sweep down-after', 'how long to wait before silence is death'],
] as const

export function configure(command: Command): Command {
  const d = sentinelDefaults
  const count = (flag: string, what: string, least: number, initial?: number) => {
    const option = new Option(`${flag} <count>`, what).argParser(wholeNumber(flag, least, MOST))
    return initial === undefined ? option : option.default(initial)
  }
  const wide = nodeOptions(
    command
      .addOption(count('--sentinels', 'how many watch', 1, d.sentinels))
      .addOption(count('--quorum', 'who must see the master down (default: 2, or all if fewer)', 1))
      .addOption(count('--replicas', 'of the master', 1, d.replicas))
      .addOption(count('--clients', 'each asks another sentinel first', 1, d.clients))
      .addOption(timeOption('--down-after', 'silence that counts as down', d.downAfter, 10))
      .addOption(timeOption('--failover-timeout', 'as Sentinel’s', d.failoverTimeout, 100))
      .addOption(count('--min-replicas-to-write', 'or the master refuses writes', 0, d.minReplicasToWrite))
      .addOption(timeOption('--min-replicas-max-lag', 'heard of within so long', d.minReplicasMaxLag, 1000))
      .addOption(
        new Option('--priority <list>', 'of each replica, between commas; 0 is never promoted')
          .default([], '100 each')
          .argParser((text) => text.split(',').map(wholeNumber('each of --priority', 0, 1_000_000))),
      ),
    d,
  )
  return faultOptions(formatOption(wide))
    .description(
      'Runs clients of a master that fails, and shows what its sentinels do. Actors are master, replica-1, …, sentinel-1, …, client-1, …',
    )
    .addOption(
      new Option('--sweep <what>', 'try several instead: down-after, against a master that stalls')
        .choices(['down-after'])
        .argParser(choice('--sweep', ['down-after'] as const)),
    )
    .addOption(
      new Option('--runs <count>', 'sweep: runs of each')
        .default(5)
        .argParser(wholeNumber('--runs', 1, 1000)),
    )
    .addOption(timeOption('--stall-every', 'sweep: between stalls, on average', 5000, 100))
    .addOption(timeOption('--stall-for', 'sweep: a stall, on average', 400, 1))
    .action(run)
}

async function run(flags: Flags, command: Command): Promise<void> {
  const { sentinels, sweep } = flags
  const quorum = flags.quorum ?? Math.min(2, sentinels)
  if (quorum > sentinels)
    throw new InputError(
      `--quorum must be from 1 to ${sentinels}, the number of sentinels, got ${quorum}: so many never agree`,
    )
  if (flags.priority.length > flags.replicas)
    throw new InputError(
      `--priority must name at most ${flags.replicas}, the number of replicas, got ${flags.priority.length}`,
    )
  if (flags.minReplicasToWrite > flags.replicas)
    throw new InputError(
      `--min-replicas-to-write must be at most ${flags.replicas}, the number of replicas, got ${flags.minReplicasToWrite}: no write would ever be taken`,
    )
  const given = (name: string) => command.getOptionValueSource(name) === 'cli'
  const times =
    sweep && !given('duration') && !given('rate') ? SWEEP : { duration: flags.duration, rate: flags.rate }
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
  if (!sweep) return show(flags.format, 'running', (progress) => sentinelTimeline(setup, progress))
  if (setup.faults.length > 0)
    throw new InputError('--sweep breaks things by itself: leave out --kill, --hang and the like')
  if (setup.duration < 30_000)
    throw new InputError('--sweep needs a --duration of at least 30s: there must be room for stalls')
  await show(flags.format, 'running', (progress) =>
    sweepDownAfter({ ...flags, downAfters: SWEPT, setup }, progress),
  )
}
