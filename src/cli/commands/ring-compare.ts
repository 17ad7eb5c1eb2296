import { ringCompare } from '../../experiment/ring/compare.js'
import { algorithmNames, placementNames } from '../../placement/index.js'
import { choices } from '../options/arguments.js'
import { changeOf, changeOptions } from '../options/change.js'
import { command, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import { checkPoints, keysOptions, loadFactorOption, ringOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

const MAX_CHANGE = 10_000

export const { configure, examples, accepts } = command({
  description: 'Compares the placement algorithms on the same change of nodes: balance, keys moved, cost.',
  options: {
    ...ringOptions(),
    ...keysOptions,
    loadFactor: loadFactorOption,
    ...changeOptions(MAX_CHANGE, ' (default: 1)'),
    placements: option(
      '<names>',
      `placements or files, between commas, or all (default: ${algorithmNames.join()})`,
      choices(placementNames, 'placement'),
    ),
  },
  examples: [
    ['cachelab ring compare --nodes 4 --add 1', 'the lesson’s problem 3: 80% and 20%'],
    ['cachelab ring compare --nodes 100 --add 1', 'about 99% and 1%'],
    [
      'cachelab ring compare --nodes 12 --remove node-B,node-F,node-K',
      'three nodes die: the balance of the others, and what moves',
    ],
  ],
  async run(flags) {
    const change = changeOf(flags) ?? { kind: 'add', count: 1 }
    checkPoints(flags)
    const keys = keysFrom(flags)
    await show(flags.format, 'placing keys', (progress) => ringCompare({ ...flags, keys, change }, progress))
    noteBlankLines(keys)
  },
})
