import { skewSweep } from '../../experiment/eviction/skew.js'
import { decimals, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { divisionOptions } from '../options/division.js'
import { capacityOption, policiesOptions, streamOptions } from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

const DEFAULT_EXPONENTS = '0,0.2,0.4,0.6,0.8,1,1.2,1.4'

const parse = decimals(0, 8)

export const { configure, examples, accepts } = command({
  description: 'Shows the hit ratio of each policy against Zipf’s exponent.',
  options: {
    ...policiesOptions('lru,lfu,random'),
    capacity: capacityOption(),
    ...streamOptions(),
    format: formatOption,
    exponents: option('<numbers>', 'exponents to try', parse, DEFAULT_EXPONENTS).first(),
    runs: option('<count>', 'runs for each exponent', wholeNumber(1, 10_000), 5),
    ...divisionOptions,
  },
  examples: [
    ['cachelab evict skew', 'from uniform to an exponent of 1.4'],
    ['cachelab evict skew --policies lru,sieve,random --capacity 50', 'a smaller cache, and a newer policy'],
    ['cachelab evict skew --exponents 0.9,1,1.1 --runs 10 --format csv', 'near 1, for a spreadsheet'],
  ],
  async run(flags) {
    await show(flags.format, 'simulating', (progress) => skewSweep(flags, progress))
  },
})
