import { keysOf } from '../../experiment/eviction/capacity.js'
import { hitRatio } from '../../experiment/eviction/hit-ratio.js'
import { traceHitRatio } from '../../experiment/eviction/trace-hit-ratio.js'
import { InputError } from '../../input-error.js'
import { wholeNumber } from '../options/arguments.js'
import { admissionOption, capacitiesOption } from '../options/capacity.js'
import { command, option } from '../options/declare.js'
import { divisionOptions } from '../options/division.js'
import { exponentOf, policiesOptions, requestsOptions, workloadsOption } from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { traceOptions, tracesOf } from '../options/trace.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Compares eviction policies on the same requests, and with formulas of theory.',
  usage: '[options]  or  cachelab evict <command> [options]',
  options: {
    ...policiesOptions('lru,lfu,random,opt'),
    workloads: workloadsOption('zipf,uniform'),
    capacity: capacitiesOption('100'),
    ...requestsOptions(),
    format: formatOption,
    ...traceOptions('workloads', 'runs'),
    admission: admissionOption,
    runs: option('<count>', 'runs with different seeds', wholeNumber(1, 10_000), 10),
    ...divisionOptions,
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
    const traces = await tracesOf(flags)
    const { capacity: capacities, admission } = flags
    if (traces.length > 0) {
      const sharesAreBytes = flags.sizeColumn !== undefined
      return show(flags.format, 'reading requests', (progress) =>
        traceHitRatio({ ...flags, traces, capacities, sharesAreBytes }, progress),
      )
    }
    if (admission) throw new InputError('--admission needs --trace')
    const exponent = exponentOf(flags)
    const ofKeys = capacities.map((capacity) => keysOf(capacity, flags.keys))
    await show(flags.format, 'simulating', (progress) =>
      hitRatio({ ...flags, capacities: [...new Set(ofKeys)], exponent }, progress),
    )
  },
})
