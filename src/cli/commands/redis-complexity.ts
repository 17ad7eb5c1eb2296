import { complexity } from '../../experiment/redis/complexity.js'
import { InputError } from '../../input-error.js'
import { wholeNumbers } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

export const { configure, examples } = command({
  description:
    'Measures what commands cost: the items and links that they look at, on structures from a hundred to a million items, beside the lesson’s table 2.6.',
  options: {
    format: formatOption,
    sizes: option(
      '<list>',
      'sizes between commas, two at least',
      wholeNumbers(10, 2_000_000),
      '100,1000,10000,100000,1000000',
    ),
  },
  examples: [
    ['cachelab redis complexity --sizes 100,1000,10000', 'three sizes'],
    ['cachelab redis complexity --sizes 100,10000 --format csv', 'for a spreadsheet'],
    ['cachelab redis complexity --sizes 1000,100000', 'a hundred times as many, and how many more steps'],
  ],
  async run({ sizes, format }) {
    if (sizes.length < 2) throw new InputError(`--sizes must be two sizes at least, got "${sizes.join()}"`)
    await show(format, 'measuring', (progress) => complexity(sizes, progress))
  },
})
