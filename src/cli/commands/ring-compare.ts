import { type NodeChange, ringCompare } from '../../experiment/ring/compare.js'
import { InputError } from '../../input-error.js'
import { wholeNumber } from '../options/arguments.js'
import { command, type FlagsOf, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import { checkPoints, keysOptions, loadFactorOption, ringOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

const MAX_CHANGE = 10_000

const options = {
  ...ringOptions(),
  ...keysOptions,
  loadFactor: loadFactorOption,
  add: option('<count>', 'nodes that join (default: 1)', wholeNumber(1, MAX_CHANGE)).excludes(
    'remove',
    'removeNode',
  ),
  remove: option('<count>', 'how many of the last nodes leave', wholeNumber(1, MAX_CHANGE)).excludes(
    'removeNode',
  ),
  removeNode: option('<name>', 'the node that leaves'),
}

type Flags = FlagsOf<typeof options>

export const { configure, examples } = command({
  description: 'Compares the placement algorithms on the same change of nodes: balance, keys moved, cost.',
  options,
  examples: [
    ['cachelab ring compare --nodes 4 --add 1', 'the lesson’s problem 3: 80% and 20%'],
    ['cachelab ring compare --nodes 100 --add 1', 'about 99% and 1%'],
    [
      'cachelab ring compare --nodes 4 --remove-node node-B',
      'a node in the middle leaves, which jump does not support',
    ],
  ],
  async run(flags) {
    const change = changeOf(flags)
    checkPoints({ ...flags, vnodes: flags.vnodes })
    const keys = keysFrom(flags)
    await show(flags.format, 'placing keys', (progress) => ringCompare({ ...flags, keys, change }, progress))
    noteBlankLines(keys)
  },
})

function changeOf({ nodes, add, remove, removeNode }: Flags): NodeChange {
  if (removeNode !== undefined) {
    if (!nodes.includes(removeNode))
      throw new InputError(`--remove-node must be one of ${nodes.join(', ')}, got "${removeNode}"`)
    if (nodes.length === 1) throw new InputError(`--remove-node ${removeNode} would leave no node`)
    return { kind: 'remove-node', name: removeNode }
  }
  if (remove !== undefined) {
    if (remove >= nodes.length)
      throw new InputError(
        `--remove must leave a node: at most ${nodes.length - 1} of ${nodes.length}, got "${remove}"`,
      )
    return { kind: 'remove', count: remove }
  }
  return { kind: 'add', count: add ?? 1 }
}
