import { ringDrawing } from '../../experiment/ring/drawing.js'
import { InputError } from '../../input-error.js'
import { MAX_DRAWN_KEYS, MAX_DRAWN_NODES } from '../../report/ring-drawing.js'
import { wholeNumber } from '../options/arguments.js'
import { command, option, words } from '../options/declare.js'
import { checkPoints, ringOptions } from '../options/ring.js'
import { show } from '../output/show.js'

const SAMPLE_KEYS = ['user:1001', 'user:1002', 'session:abc', 'cache:page:1']

export const { configure, examples } = command({
  description: 'Draws the ring: the owner of each arc, and the positions of keys.',
  operand: words('[key...]', `keys to show, at most ${MAX_DRAWN_KEYS} (default: four samples)`),
  options: {
    ...ringOptions(),
    add: option(
      '<count>',
      'nodes that join; the ring is drawn before and after',
      wholeNumber(1, MAX_DRAWN_NODES - 1),
    ).excludes('removeNode'),
    removeNode: option('<name>', 'the node that leaves; the ring is drawn before and after'),
  },
  examples: [
    ['cachelab ring draw --vnodes 3', 'three nodes with three virtual nodes each'],
    ['cachelab ring draw --vnodes 3 --add 1', 'the ring before and after a node joins'],
    [
      'cachelab ring draw key1 key2 key3 --nodes 10 --remove-node node-C',
      'keys of your own, and a node that leaves',
    ],
  ],
  async run(flags, words) {
    const { nodes, add, removeNode } = flags
    const keys = words.length > 0 ? words : SAMPLE_KEYS
    if (keys.includes('')) throw new InputError('a key must not be empty, got ""')
    if (keys.length > MAX_DRAWN_KEYS)
      throw new InputError(`at most ${MAX_DRAWN_KEYS} keys can be drawn, got ${keys.length}`)
    if (nodes.length + (add ?? 0) > MAX_DRAWN_NODES) {
      throw new InputError(`at most ${MAX_DRAWN_NODES} nodes can be drawn, got ${nodes.length + (add ?? 0)}`)
    }
    if (removeNode !== undefined && !(nodes.includes(removeNode) && nodes.length > 1)) {
      throw new InputError(
        `--remove-node must be one of at least two nodes (${nodes.join(', ')}), got "${removeNode}"`,
      )
    }
    checkPoints({ nodes, vnodes: flags.vnodes })
    const change =
      add !== undefined
        ? ({ kind: 'add', count: add } as const)
        : removeNode !== undefined
          ? ({ kind: 'remove-node', name: removeNode } as const)
          : undefined
    await show(flags.format, 'drawing', () => ringDrawing({ ...flags, keys, ...(change ? { change } : {}) }))
  },
})
