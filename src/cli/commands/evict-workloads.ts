import { workloadTable } from '../../experiment/eviction/workload-table.js'
import { command } from '../options/declare.js'
import { exponentOf, requestsOptions } from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Lists the workloads, with a plot of how popular their keys are.',
  options: {
    ...requestsOptions(),
    format: formatOption,
  },
  examples: [
    ['cachelab evict workloads', 'all of them, with a plot of popularity'],
    ['cachelab evict workloads --skew 90/10', 'a more skewed Zipf'],
    ['cachelab evict workloads --keys 100 --requests 100000 --format markdown', 'fewer keys, more requests'],
  ],
  run(flags) {
    return show(flags.format, 'drawing requests', (progress) =>
      workloadTable({ ...flags, exponent: exponentOf(flags) }, progress),
    )
  },
})
