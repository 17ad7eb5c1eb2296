import type { Command } from 'commander'
import { policyTable } from '../../experiment/eviction/policy-table.js'
import type { FormatName } from '../../report/index.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const examples = [
  ['cachelab evict policies', 'all of them, in a table'],
  ['cachelab evict policies --format markdown', 'for a wiki'],
  ['cachelab evict policies --format csv', 'for a spreadsheet'],
] as const

export function configure(command: Command): Command {
  return formatOption(command)
    .description('Lists the eviction policies: idea, cost, memory, weak spot, paper.')
    .action(({ format }: { format: FormatName }) => show(format, 'listing', policyTable))
}
