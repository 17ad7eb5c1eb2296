import { policyNames } from '../../eviction/index.js'
import { loggedRequests, type Requests } from '../../experiment/eviction/request-log.js'
import { type TiersSetup, tiersDefaults } from '../../experiment/tiers/setup.js'
import { type SweepName, sweepNames, sweeps, sweepTiers } from '../../experiment/tiers/sweep.js'
import { compareTiers } from '../../experiment/tiers/tiers.js'
import { InputError } from '../../input-error.js'
import { fact } from '../../parallel/division.js'
import { countOf, formatTime } from '../../report/format.js'
import { choice, decimal, duration, list, type Parse, wholeNumber } from '../options/arguments.js'
import { type Context, command, type FlagsOf, option } from '../options/declare.js'
import { divisionOptions, refuseDivision } from '../options/division.js'
import { policyOption } from '../options/eviction.js'
import { checkRequests, rateOption, shareOption, timeOption } from '../options/load.js'
import { formatOption, seedOption } from '../options/ring.js'
import { traceOf, traceOptions } from '../options/trace.js'
import { show } from '../output/show.js'

const d = tiersDefaults
const MAX_SERVERS = 100
const MAX_KEYS = 1_000_000
const MAX_ENTRIES = 50_000_000
const MAX_TRACE = 10_000_000
const MIN_DURATION = 1000

const count = (what: string, initial: number, max: number) =>
  option('<count>', what, wholeNumber(1, max), initial)

const ttl: Parse<number> = (text, flag) => (text === 'none' ? Infinity : duration(1, 3_600_000)(text, flag))

const options = {
  servers: count('application servers', d.servers, MAX_SERVERS),
  nodes: count('nodes of the distributed cache', d.nodes, MAX_SERVERS),
  keys: count('different keys', d.keys, MAX_KEYS),
  capacity: count('keys that the caches of a design hold in all', d.capacity, MAX_KEYS),
  policy: option('<name>', 'eviction policy of every cache', choice(policyNames, 'policy'), d.policy),
  policyOption,
  exponent: option('<number>', 'Zipf’s exponent', decimal(0, 8), d.exponent),
  writeRatio: shareOption('share of the requests that write', d.writeRatio),
  messageLoss: shareOption('share of the invalidations that get lost', d.messageLoss),
  localShare: shareOption('two tiers: share of the memory that is local', d.localShare),
  ttl: option('<time>', 'time to live of a local entry, or none', ttl, d.ttl, '10s').first(),
  localLatency: timeOption('a read from the server’s own cache', d.localLatency),
  hop: timeOption('round trip to another machine', d.hop),
  jitter: timeOption('largest random delay that is added to each way', d.jitter),
  database: timeOption('a read or a write in the database', d.database),
  warmup: timeOption('time before requests are counted', d.warmup),
  duration: timeOption('how long requests are counted; server-1 restarts half-way', d.duration, MIN_DURATION),
  rate: rateOption(d.rate),
  seed: seedOption(undefined, d.seed),
  format: formatOption,
  ...traceOptions(),
  sweep: option('<what>', 'vary one parameter, and find the crossover', choice(sweepNames)).first(),
  values: option('<list>', 'sweep: values between commas, ascending', list(decimal(0, 1000))),
  ...divisionOptions,
}

type Flags = FlagsOf<typeof options>

export const { configure, examples, accepts } = command({
  description:
    'Compares local caches, a distributed cache, and both: hits, stale reads, duplicates, latency, and what a restart loses. Section 1 of the lesson.',
  options,
  examples: [
    ['cachelab tiers', 'the lesson’s two designs, and both together'],
    ['cachelab tiers --ttl none --message-loss 0.1', 'what lost messages cost without a TTL'],
    ['cachelab tiers --sweep servers --duration 5s', 'from how many servers on a shared cache is faster'],
  ],
  async run(flags, _, { isGiven }) {
    const { sweep, values, format } = flags
    const setup = await setupOf(flags, isGiven)
    check(setup)
    checkRequests({ rate: setup.rate, duration: setup.warmup + setup.duration })
    if (values && !sweep) throw new InputError('--values needs a --sweep')
    if (!sweep) refuseDivision(flags, 'without --sweep there is one setting')
    if (!sweep) return show(format, 'simulating', (progress) => compareTiers(setup, progress))
    const tried = values ?? sweeps[sweep].values
    for (const value of tried) check(sweeps[sweep].apply(setup, swept(sweep, value)))
    if (tried.some((value, i) => i > 0 && value <= tried[i - 1]))
      throw new InputError(`--values must ascend, got ${tried.join(',')}`)
    await show(format, 'simulating', (progress) => sweepTiers(setup, sweep, tried, progress))
  },
})

/**
 * The setup of the options. A trace's requests come at the rate, so it says how long they come; a third of them is the
 * warm-up unless it is given. Throws InputError if it has too few.
 */
async function setupOf(flags: Flags, isGiven: Context['isGiven']): Promise<TiersSetup> {
  const trace = await traceOf(flags)
  const setup = { ...flags, trace: undefined }
  if (!trace) return setup
  let read: Requests | undefined
  const { requests, keyCount, hasOperations } = await fact('the trace', async () => {
    read = await loggedRequests(trace, {}, undefined, MAX_TRACE)
    if (read.ttls) trace.notice('its times to live are not used here: --ttl is')
    return { requests: read.keys.length, keyCount: read.keyCount, hasOperations: !!read.operations }
  })
  const whole = (requests / flags.rate) * 1000
  const seconds = (time: number) => 1000 * Math.floor(time / 1000)
  const warmup = isGiven('warmup') ? flags.warmup : seconds(whole / 3)
  const duration = isGiven('duration') ? flags.duration : seconds(whole - warmup)
  if (duration < MIN_DURATION || warmup + duration > whole)
    throw new InputError(
      `--trace: ${trace.label} holds ${countOf(requests, 'request')}, ${formatTime(Math.round(whole))} at ${flags.rate} a second: too few for --warmup and --duration; lower --rate or them`,
    )
  // Where parts are merged there are no requests, and none are needed.
  const { keys, operations } = read ?? {
    keys: new Uint32Array(0),
    operations: hasOperations ? new Uint8Array(0) : undefined,
  }
  return { ...setup, warmup, duration, keys: keyCount, trace: { label: trace.label, keys, operations } }
}

/** A value of --values, checked. Throws InputError. */
function swept(sweep: SweepName, value: number): number {
  if (sweep === 'servers') wholeNumber(1, MAX_SERVERS)(String(value), 'each of --values')
  if (sweep === 'write-ratio') decimal(0, 1)(String(value), 'each of --values')
  return value
}

function check(setup: TiersSetup): void {
  if (setup.policy === 'opt' || setup.policy === 'opt-size')
    throw new InputError(`--policy ${setup.policy} works on a single cache only`)
  const { capacity, servers, nodes, keys } = setup
  if (capacity < 2 * (servers + nodes))
    throw new InputError(
      `--capacity must be at least ${2 * (servers + nodes)} for ${countOf(servers, 'server')} and ${countOf(nodes, 'node')}, got ${capacity}`,
    )
  if (keys * (servers + nodes) > MAX_ENTRIES)
    throw new InputError(
      `--keys × (--servers + --nodes) must be at most ${MAX_ENTRIES}, got ${keys * (servers + nodes)}`,
    )
}
