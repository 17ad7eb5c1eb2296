import { complexity } from '../../experiment/redis/complexity.js'
import { InputError } from '../../input-error.js'
import { wholeNumbers } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description:
    'Measures the cost of commands as the number of items and links that they visit, at several sizes, beside the lesson’s table 2.6.',
  options: {
    format: formatOption,
    sizes: option(
      '<list>',
      'at least two sizes, between commas',
      wholeNumbers(10, 1_000_000),
      '100,1000,10000,100000',
    ),
  },
  examples: [
    ['cachelab redis complexity --sizes 100,1000,10000', 'three sizes'],
    ['cachelab redis complexity --sizes 100,10000 --format csv', 'for a spreadsheet'],
    ['cachelab redis complexity --sizes 1000,100000', 'the steps for a hundred times as many items'],
  ],
  async run({ sizes, format }) {
    if (sizes.length < 2) throw new InputError(`--sizes must be at least two sizes, got "${sizes.join()}"`)
    await show(format, 'measuring', (progress) => complexity(sizes, progress))
  },
})
