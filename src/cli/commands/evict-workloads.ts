import type { Command } from 'commander'
import { workloadTable } from '../../experiment/eviction/workload-table.js'
import type { FormatName } from '../../report/index.js'
import { exponentOf, type RequestsFlags, requestsOptions } from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const examples = [
  ['cachelab evict workloads', 'all of them, with a plot of popularity'],
  ['cachelab evict workloads --skew 90/10', 'a more skewed Zipf'],
  ['cachelab evict workloads --keys 100 --requests 100000 --format markdown', 'fewer keys, more requests'],
] as const

export function configure(command: Command): Command {
  return formatOption(requestsOptions(command))
    .description('Lists the workloads, with a plot of how popular their keys are.')
    .action((flags: RequestsFlags & { format: FormatName }) =>
      show(flags.format, 'drawing requests', () => workloadTable({ ...flags, exponent: exponentOf(flags) })),
    )
}
