import { InputError } from '../../input-error.js'
import { nodeNames } from '../../placement/index.js'
import { command, word } from '../options/declare.js'
import { masterNumber, reshardOptions, runReshard } from '../options/reshard.js'

export const { configure, examples, accepts } = command({
  description: 'Gives the slots of a master to the others under load, as evenly as possible.',
  operand: word('<node>', 'a master, such as node-B'),
  options: {
    ...reshardOptions,
  },
  examples: [
    ['cachelab cluster remove-node node-B --masters 4 --keys 2000 --rate 100', 'one of four masters leaves'],
    ['cachelab cluster remove-node node-A --masters 5 --keys 1000 --rate 100', 'one of five'],
    ['cachelab cluster remove-node node-D --masters 4 --pipeline 10 --keys 2000 --rate 100', 'ten at a time'],
  ],
  async run(flags, name, { isGiven }) {
    const node = masterNumber('the node', name, nodeNames(flags.masters))
    if (flags.masters === 3)
      throw new InputError('--masters must be at least 4 for one to leave, got 3: a cluster needs 3 masters')
    await runReshard(flags, { kind: 'remove-node', node }, isGiven)
  },
})
