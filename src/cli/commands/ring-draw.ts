import { nodesOf } from '../../experiment/ring/change.js'
import { ringDrawing } from '../../experiment/ring/drawing.js'
import { InputError } from '../../input-error.js'
import { MAX_DRAWN_KEYS, MAX_DRAWN_NODES } from '../../report/ring-drawing.js'
import { changeOf, changeOptions } from '../options/change.js'
import { command, words } from '../options/declare.js'
import { checkPoints, ringOptions } from '../options/ring.js'
import { show } from '../output/show.js'

const SAMPLE_KEYS = ['user:1001', 'user:1002', 'session:abc', 'cache:page:1']

export const { configure, examples, accepts } = command({
  description: 'Draws the ring: the owner of each arc, and the positions of keys.',
  operand: words('[key...]', `keys to show, at most ${MAX_DRAWN_KEYS} (default: four samples)`),
  options: {
    ...ringOptions(),
    ...changeOptions(MAX_DRAWN_NODES - 1, '; the ring is drawn before and after'),
  },
  examples: [
    ['cachelab ring draw --vnodes 3', 'three nodes with three virtual nodes each'],
    ['cachelab ring draw --vnodes 3 --add 1', 'the ring before and after a node joins'],
    [
      'cachelab ring draw key1 key2 key3 --nodes 10 --remove node-C',
      'keys of your own, and a node that leaves',
    ],
  ],
  async run(flags, words) {
    const { nodes } = flags
    const keys = words.length > 0 ? words : SAMPLE_KEYS
    if (keys.includes('')) throw new InputError('a key must not be empty, got ""')
    if (keys.length > MAX_DRAWN_KEYS)
      throw new InputError(`at most ${MAX_DRAWN_KEYS} keys can be drawn, got ${keys.length}`)
    const change = changeOf(flags)
    const drawn = change ? nodes.length + nodesOf(nodes, change).joining.length : nodes.length
    if (drawn > MAX_DRAWN_NODES)
      throw new InputError(`at most ${MAX_DRAWN_NODES} nodes can be drawn, got ${drawn}`)
    checkPoints(flags)
    await show(flags.format, 'drawing', () => ringDrawing({ ...flags, keys, ...(change ? { change } : {}) }))
  },
})
