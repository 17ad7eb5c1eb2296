import { ringWeights } from '../../experiment/ring/weights.js'
import { decimal, pairs } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import {
  formatOption,
  hashOption,
  keysOptions,
  placementOptions,
  saltOption,
  unusedOptions,
  vnodesOption,
} from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { note } from '../output/terminal.js'

const MAX_WEIGHT = 10_000

const parse = pairs(
  `name=weight, such as large=2, with a weight from 0.01 to ${MAX_WEIGHT}`,
  decimal(0.01, MAX_WEIGHT),
)

export const { configure, examples, accepts } = command({
  description: 'Gives nodes weights, and shows whether each gets its share of the keys.',
  options: {
    vnodes: vnodesOption,
    hash: hashOption,
    seed: saltOption(),
    format: formatOption,
    ...keysOptions,
    ...placementOptions,
    weight: option(
      '<name=weight>',
      'a node and its weight; once for each node (default: large=2, small=1)',
      parse,
    ),
  },
  examples: [
    ['cachelab ring weights', 'a large node with twice the weight of a small one'],
    ['cachelab ring weights --weight big=4 --weight mid=2 --weight tiny=0.5', 'three sizes'],
    ['cachelab ring weights --placement nginx --weight cache1=3 --weight cache2=1', 'on the ring of nginx'],
  ],
  async run(flags, _, { isGiven }) {
    const weights = flags.weight ?? [
      ['large', 2],
      ['small', 1],
    ]
    const keys = keysFrom(flags)
    await show(flags.format, 'placing keys', (progress) =>
      ringWeights(
        {
          ...flags,
          keys,
          nodes: weights.map(([name]) => name),
          weights: weights.map(([, weight]) => weight),
        },
        progress,
      ),
    )
    noteBlankLines(keys)
    for (const text of unusedOptions(isGiven, flags.placement)) note(text)
  },
})
