import { hitRatio } from '../../experiment/eviction/hit-ratio.js'
import { traceHitRatio } from '../../experiment/eviction/trace-hit-ratio.js'
import { wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import {
  capacitiesOption,
  exponentOf,
  policiesOption,
  requestsOptions,
  workloadsOption,
} from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { traceOf, traceOptions } from '../options/trace.js'
import { show } from '../output/show.js'

/** Different keys for which a trace of unknown length has room. */
const MAX_TRACE_KEYS = 50_000_000

export const { configure, examples } = command({
  description: 'Compares eviction policies on the same requests, and with theory where a formula exists.',
  usage: '[options]  or  cachelab evict <command> [options]',
  options: {
    policies: policiesOption('lru,lfu,random,opt'),
    workloads: workloadsOption('zipf,uniform'),
    capacity: capacitiesOption('100'),
    ...requestsOptions(),
    format: formatOption,
    ...traceOptions('workloads', 'runs'),
    runs: option('<count>', 'runs with different seeds', wholeNumber(1, 10_000), 10),
  },
  examples: [
    ['cachelab evict', 'the lesson’s exercise: LRU, LFU and Random under the 80/20 rule, then uniform'],
    [
      'cachelab evict --policies all --capacity 50,200 --workloads mixed --runs 3',
      'every policy on a workload with scans',
    ],
    ['cachelab evict --policies lru,random,redis-lru --workloads zipf --exponent 1', 'Redis’s sampled LRU'],
  ],
  async run(flags) {
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
  },
})
