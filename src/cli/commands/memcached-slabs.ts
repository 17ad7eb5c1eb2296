import { facebookSizes, type ItemSizes } from '../../experiment/memcached/item-sizes.js'
import { slabs } from '../../experiment/memcached/slabs.js'
import { InputError } from '../../input-error.js'
import { fileText } from '../input.js'
import { each, wholeNumber } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { keySizeOption, memoryOptions, seedOfRun } from '../options/memcached.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

const MAX_VALUE = 1 << 30

export const { configure, examples, accepts } = command({
  description:
    'Shows memcached’s slab classes, the memory that they waste, and the growth factor that wastes least.',
  options: {
    ...memoryOptions(),
    seed: seedOfRun,
    format: formatOption,
    item: option('<bytes>', 'size of a value; once for each value', each(wholeNumber(0, MAX_VALUE))),
    itemsFrom: option('<file>', 'value sizes from a file, one a line; - is standard input').excludes('item'),
    keySize: keySizeOption(30),
  },
  examples: [
    ['cachelab memcached slabs', 'the classes, under value sizes seen at Facebook'],
    ['cachelab memcached slabs --item 100 --item 1048576', 'two values: where each goes'],
    ['cachelab memcached slabs --factor 1.08 --memory 1024', 'more and finer classes'],
  ],
  async run(flags) {
    const { item, itemsFrom, seed, keySize } = flags
    const sizes =
      item !== undefined
        ? { label: `${item.length} given`, values: Float64Array.from(item) }
        : itemsFrom !== undefined
          ? await sizesFrom(itemsFrom)
          : facebookSizes(seed)
    await show(flags.format, 'sorting', () =>
      slabs({ ...flags, keyBytes: keySize, sizes, isListed: item !== undefined }),
    )
  },
})

async function sizesFrom(path: string): Promise<ItemSizes> {
  const text = await fileText(path)
  const values: number[] = []
  for (const [i, line] of text.split('\n').entries()) {
    const word = line.trim()
    if (word === '') continue
    if (!/^\d{1,10}$/.test(word) || Number(word) > MAX_VALUE)
      throw new InputError(
        `line ${i + 1} of ${path} must be a value’s size in bytes, from 0 to ${MAX_VALUE}, got ${JSON.stringify(word.slice(0, 40))}`,
      )
    values.push(Number(word))
  }
  if (values.length === 0) throw new InputError(`there are no sizes in ${path}`)
  return { label: path === '-' ? 'standard input' : path, values: Float64Array.from(values) }
}
