import { type Command, Option } from 'commander'
import type { PolicyName } from '../../eviction/index.js'
import { missRatioCurve } from '../../experiment/eviction/curve.js'
import type { FormatName } from '../../report/index.js'
import type { WorkloadName } from '../../workload/index.js'
import { wholeNumber } from '../options/arguments.js'
import {
  exponentOf,
  policiesOption,
  type RequestsFlags,
  requestsOptions,
  workloadOption,
} from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { type TraceFlags, traceOf, traceOptions } from '../options/trace.js'
import { show } from '../output/show.js'

interface Flags extends RequestsFlags, TraceFlags {
  policies: PolicyName[]
  workload: WorkloadName
  points: number
  format: FormatName
}

export const examples = [
  ['cachelab evict curve', 'LRU, LFU, Random and the optimum, from one key to all'],
  ['cachelab evict curve --policies lru,sieve,s3-fifo,opt --workload mixed', 'where scans come between'],
  [
    'cachelab evict curve --policies lru --requests 100000 --points 40 --format csv',
    'LRU’s whole curve in one pass',
  ],
] as const

export function configure(command: Command): Command {
  const wide = workloadOption(policiesOption(command, 'lru,lfu,random,opt'))
  return traceOptions(formatOption(requestsOptions(wide)), ['workload'])
    .description('Plots the miss ratio against the capacity, for several policies on the same requests.')
    .addOption(
      new Option('--points <count>', 'how many capacities, evenly on a logarithmic scale')
        .default(13)
        .argParser(wholeNumber('--points', 2, 1000)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const trace = traceOf(flags)
  const source = trace
    ? { trace }
    : { workload: flags.workload, setup: { ...flags, exponent: exponentOf(flags) } }
  await show(flags.format, 'simulating', (progress) => missRatioCurve({ ...flags, source }, progress))
}
