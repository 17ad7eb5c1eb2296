import { type Command, Option } from 'commander'
import { type TiersSetup, tiersDefaults } from '../../experiment/tiers/setup.js'
import { type SweepName, sweepNames, sweeps, sweepTiers } from '../../experiment/tiers/sweep.js'
import { compareTiers } from '../../experiment/tiers/tiers.js'
import { InputError } from '../../input-error.js'
import type { FormatName } from '../../report/index.js'
import { choice, decimal, duration, wholeNumber } from '../options/arguments.js'
import { checkRequests, rateOption, timeOption } from '../options/load.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends TiersSetup {
  sweep?: SweepName
  values?: number[]
  format: FormatName
}

export const examples = [
  ['cachelab tiers', 'the lesson’s two drawings, and both together'],
  ['cachelab tiers --ttl none --message-loss 0.1', 'what lost messages cost without a TTL'],
  ['cachelab tiers --sweep servers --duration 5s', 'from how many servers on a shared cache is faster'],
] as const

const d = tiersDefaults
const MOST = { servers: 100, keys: 1_000_000, entries: 50_000_000 }

export function configure(command: Command): Command {
  return formatOption(timeOptions(sizeOptions(command)))
    .description(
      'Servers with a cache of their own, with a distributed one, and with both: hits, stale reads, duplicates, latency, and what a restart loses. Section 1 of the lesson.',
    )
    .addOption(
      new Option('--sweep <what>', 'vary one of these, and find the crossover')
        .choices(sweepNames)
        .argParser(choice('--sweep', sweepNames)),
    )
    .addOption(
      new Option('--values <list>', 'sweep: values between commas, ascending').argParser((text) =>
        text.split(',').map(decimal('each of --values', 0, 1000)),
      ),
    )
    .action(run)
}

function sizeOptions(command: Command): Command {
  const share = (flag: string, what: string, initial: number) =>
    new Option(`${flag} <number>`, what).default(initial).argParser(decimal(flag, 0, 1))
  const count = (flag: string, what: string, initial: number, most: number) =>
    new Option(`${flag} <count>`, what).default(initial).argParser(wholeNumber(flag, 1, most))
  return command
    .addOption(count('--servers', 'application servers', d.servers, MOST.servers))
    .addOption(count('--nodes', 'of the distributed cache', d.nodes, MOST.servers))
    .addOption(count('--keys', 'different keys', d.keys, MOST.keys))
    .addOption(count('--capacity', 'keys that all caches of a design hold together', d.capacity, MOST.keys))
    .addOption(
      new Option('--exponent <number>', 'Zipf’s').default(d.exponent).argParser(decimal('--exponent', 0, 8)),
    )
    .addOption(share('--write-ratio', 'share of the requests that write', d.writeRatio))
    .addOption(share('--message-loss', 'share of the invalidations that get lost', d.messageLoss))
    .addOption(share('--local-share', 'two tiers: share of the memory that is local', d.localShare))
}

function timeOptions(command: Command): Command {
  const timed = command
    .addOption(
      new Option('--ttl <time>', 'a local entry is believed for so long; none for ever')
        .default(d.ttl, '10s')
        .argParser((text) => (text === 'none' ? Infinity : duration('--ttl', 1, 3_600_000)(text))),
    )
    .addOption(timeOption('--local-latency', 'a look into the server’s own cache', d.localLatency))
    .addOption(timeOption('--hop', 'to another machine and back', d.hop))
    .addOption(timeOption('--jitter', 'each way takes up to so much longer, at random', d.jitter))
    .addOption(timeOption('--database', 'a read or a write there', d.database))
    .addOption(timeOption('--warmup', 'before requests are counted', d.warmup))
    .addOption(
      timeOption('--duration', 'how long they are counted; server-1 restarts half-way', d.duration, 1000),
    )
  return rateOption(timed, d.rate).addOption(
    new Option('--seed <number>', 'seed of times and requests')
      .default(d.seed)
      .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
  )
}

async function run({ sweep, values, format, ...setup }: Flags): Promise<void> {
  check(setup)
  checkRequests({ rate: setup.rate, duration: setup.warmup + setup.duration })
  if (values && !sweep) throw new InputError('--values needs a --sweep')
  if (!sweep) return show(format, 'simulating', (progress) => compareTiers(setup, progress))
  const list = values ?? sweeps[sweep].values
  for (const value of list) check(sweeps[sweep].apply(setup, swept(sweep, value)))
  if (list.some((value, i) => i > 0 && value <= list[i - 1]))
    throw new InputError(`--values must ascend, got ${list.join(',')}`)
  await show(format, 'simulating', (progress) => sweepTiers(setup, sweep, list, progress))
}

/** A value that may be given for what is varied. Throws InputError. */
function swept(sweep: SweepName, value: number): number {
  if (sweep === 'servers') wholeNumber('each of --values', 1, MOST.servers)(String(value))
  if (sweep === 'write-ratio') decimal('each of --values', 0, 1)(String(value))
  return value
}

function check(setup: TiersSetup): void {
  const { capacity, servers, nodes, keys } = setup
  if (capacity < 2 * (servers + nodes))
    throw new InputError(
      `--capacity must be room for a key in every cache, at least ${2 * (servers + nodes)} for ${servers} servers and ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, got ${capacity}`,
    )
  if (keys * (servers + nodes) > MOST.entries)
    throw new InputError(
      `--keys × (--servers + --nodes) must be at most ${MOST.entries}, got ${keys * (servers + nodes)}`,
    )
}
