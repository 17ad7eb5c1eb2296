import { policyTable } from '../../experiment/eviction/policy-table.js'
import { command } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Lists the eviction policies: idea, cost, memory, weak spot, paper.',
  options: {
    format: formatOption,
  },
  examples: [
    ['cachelab evict policies', 'all of them, in a table'],
    ['cachelab evict policies --format markdown', 'for a wiki'],
    ['cachelab evict policies --format csv', 'for a spreadsheet'],
  ],
  run({ format }) {
    return show(format, 'listing', policyTable)
  },
})
