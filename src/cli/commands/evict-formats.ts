import { formatTable } from '../../experiment/eviction/format-table.js'
import { command } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Lists the formats of traces, with an example of each, and what their operations do.',
  options: {
    format: formatOption,
  },
  examples: [
    ['cachelab evict formats', 'all of them, in tables'],
    ['cachelab evict formats --format markdown', 'for a wiki'],
    ['cachelab evict formats --format json', 'for a program'],
  ],
  run({ format }) {
    return show(format, 'listing', formatTable)
  },
})
