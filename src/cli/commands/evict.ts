import { type Command, Option } from 'commander'
import type { PolicyName } from '../../eviction/index.js'
import { hitRatio } from '../../experiment/eviction/hit-ratio.js'
import { traceHitRatio } from '../../experiment/eviction/trace-hit-ratio.js'
import { InputError } from '../../input-error.js'
import { printable } from '../../report/format.js'
import type { FormatName } from '../../report/index.js'
import { type TraceFormat, traceFormats } from '../../trace/records.js'
import { Trace } from '../../trace/trace.js'
import type { WorkloadName } from '../../workload/index.js'
import { choice, wholeNumber } from '../arguments.js'
import {
  capacitiesOption,
  exponentOf,
  policiesOption,
  type RequestsFlags,
  requestsOptions,
  workloadsOption,
} from '../eviction-options.js'
import { fileBytes } from '../keys.js'
import { formatOption } from '../options.js'
import { show } from '../show.js'

/** Different keys for which a trace of unknown length has room. */
const MAX_TRACE_KEYS = 50_000_000

interface Flags extends RequestsFlags {
  policies: PolicyName[]
  workloads: WorkloadName[]
  capacity: number[]
  runs: number
  trace?: string
  traceFormat?: TraceFormat
  keyColumn?: string
  format: FormatName
}

export const examples = [
  ['cachelab evict', 'the lesson’s exercise: LRU, LFU and Random under the 80/20 rule, then uniform'],
  [
    'cachelab evict --policies all --capacity 50,200 --workloads mixed --runs 3',
    'every policy where scans come between',
  ],
  [
    'cachelab evict --policies lru,random,redis-lru --workloads zipf --exponent 1',
    'what a real Redis makes of LRU',
  ],
] as const

export function configure(command: Command): Command {
  const wide = workloadsOption(policiesOption(command, 'lru,lfu,random,opt'), 'zipf,uniform')
  return formatOption(requestsOptions(capacitiesOption(wide, '100')))
    .description('Compares eviction policies on the same requests, beside theory where there is any.')
    .usage('[options]  or  cachelab evict <command> [options]')
    .addOption(
      new Option('--runs <count>', 'runs with different seeds')
        .default(10)
        .argParser(wholeNumber('--runs', 1, 10_000)),
    )
    .addOption(
      new Option('--trace <file>', 'requests from a file, also compressed; - is a pipe').conflicts([
        ...['workloads', 'keys', 'requests', 'runs', 'skew', 'exponent'],
      ]),
    )
    .addOption(
      new Option('--trace-format <name>', 'how the trace is written (default: by its content)')
        .choices(traceFormats)
        .argParser(choice('--trace-format', traceFormats)),
    )
    .addOption(new Option('--key-column <name|number>', 'which column of a CSV or TSV trace is the key'))
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  if (flags.trace !== undefined) return runTrace(flags, flags.trace)
  if (flags.traceFormat ?? flags.keyColumn)
    throw new InputError('--trace-format and --key-column need --trace')
  const exponent = exponentOf(flags)
  await show(flags.format, 'simulating', (progress) =>
    hitRatio({ ...flags, capacities: flags.capacity, exponent }, progress),
  )
}

async function runTrace(flags: Flags, path: string): Promise<void> {
  if (path === '') throw new InputError('--trace must name a file, got ""')
  const label = path === '-' ? 'standard input' : printable(path)
  const bytes = path === '-' ? process.stdin : fileBytes(path, label)
  const trace = new Trace(label, bytes, { format: flags.traceFormat, keyColumn: flags.keyColumn })
  await show(flags.format, 'reading requests', (progress) =>
    traceHitRatio({ ...flags, trace, maxKeys: MAX_TRACE_KEYS, capacities: flags.capacity }, progress),
  )
}
