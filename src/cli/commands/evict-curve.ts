import { missRatioCurve } from '../../experiment/eviction/curve.js'
import { sampledCurve, sampledIndex } from '../../experiment/eviction/sampled-curve.js'
import { shareOrAuto, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { divisionOptions, refuseDivision } from '../options/division.js'
import {
  MAX_SAMPLED_REQUESTS,
  policiesOptions,
  requestsOptions,
  workloadOption,
} from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { sourceOf, traceOptions } from '../options/trace.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Plots the miss ratio against the capacity, for several policies on the same requests.',
  options: {
    ...policiesOptions('lru,lfu,random,opt'),
    workload: workloadOption,
    ...requestsOptions(undefined, MAX_SAMPLED_REQUESTS),
    format: formatOption,
    ...traceOptions('workload'),
    points: option(
      '<count>',
      'how many capacities, evenly on a logarithmic scale',
      wholeNumber(2, 1000),
      13,
    ).first(),
    sample: option(
      '<share|auto>',
      'requests of this share of the keys only; auto: of as many keys as fit in little memory, for lru',
      shareOrAuto,
    ).excludes('warmup'),
    ...divisionOptions,
  },
  examples: [
    ['cachelab evict curve', 'LRU, LFU, Random and the optimum, from one key to all'],
    ['cachelab evict curve --policies lru,sieve,s3-fifo,opt --workload mixed', 'a workload with scans'],
    [
      'cachelab evict curve --policies lru --keys 100000 --requests 1000000 --sample 10%',
      'a sample of the keys, and how far it is from the whole',
    ],
  ],
  async run(flags) {
    if (flags.sample === 'auto' && flags.trace)
      refuseDivision(flags, '--sample auto takes one pass over a trace, and counts in it')
    const index = flags.sample === undefined ? undefined : sampledIndex(flags.sample, flags.policies)
    const options = { ...flags, source: await sourceOf(flags, index) }
    await show(flags.format, 'simulating', (progress) =>
      index ? sampledCurve({ ...options, index }, progress) : missRatioCurve(options, progress),
    )
  },
})
