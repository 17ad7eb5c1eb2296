import { type Command, Option } from 'commander'
import type { PolicyName } from '../../eviction/index.js'
import { hitRatio } from '../../experiment/eviction/hit-ratio.js'
import { traceHitRatio } from '../../experiment/eviction/trace-hit-ratio.js'
import type { FormatName } from '../../report/index.js'
import type { WorkloadName } from '../../workload/index.js'
import { wholeNumber } from '../options/arguments.js'
import {
  capacitiesOption,
  exponentOf,
  policiesOption,
  type RequestsFlags,
  requestsOptions,
  workloadsOption,
} from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { type TraceFlags, traceOf, traceOptions } from '../options/trace.js'
import { show } from '../output/show.js'

/** Different keys for which a trace of unknown length has room. */
const MAX_TRACE_KEYS = 50_000_000

interface Flags extends RequestsFlags, TraceFlags {
  policies: PolicyName[]
  workloads: WorkloadName[]
  capacity: number[]
  runs: number
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
  return traceOptions(formatOption(requestsOptions(capacitiesOption(wide, '100'))), ['workloads', 'runs'])
    .description('Compares eviction policies on the same requests, beside theory where there is any.')
    .usage('[options]  or  cachelab evict <command> [options]')
    .addOption(
      new Option('--runs <count>', 'runs with different seeds')
        .default(10)
        .argParser(wholeNumber('--runs', 1, 10_000)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const trace = traceOf(flags)
  if (trace) {
    return show(flags.format, 'reading requests', (progress) =>
      traceHitRatio({ ...flags, trace, maxKeys: MAX_TRACE_KEYS, capacities: flags.capacity }, progress),
    )
  }
  const exponent = exponentOf(flags)
  await show(flags.format, 'simulating', (progress) =>
    hitRatio({ ...flags, capacities: flags.capacity, exponent }, progress),
  )
}
