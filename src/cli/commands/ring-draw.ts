import { type Command, Option } from 'commander'
import { ringDrawing } from '../../experiment/ring/drawing.js'
import { InputError } from '../../input-error.js'
import { MAX_DRAWN_KEYS, MAX_DRAWN_NODES } from '../../report/ring-drawing.js'
import { wholeNumber } from '../options/arguments.js'
import { checkPoints, type RingFlags, ringOptions } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends RingFlags {
  add?: number
  removeNode?: string
}

const SAMPLE_KEYS = ['user:1001', 'user:1002', 'session:abc', 'cache:page:1']

export const examples = [
  ['cachelab ring draw --vnodes 3', 'three nodes with three virtual nodes each'],
  ['cachelab ring draw --vnodes 3 --add 1', 'the ring before and after a node joins'],
  [
    'cachelab ring draw key1 key2 key3 --nodes 10 --remove-node node-C',
    'keys of your own, and a node that leaves',
  ],
] as const

export function configure(command: Command): Command {
  return ringOptions(
    command.argument('[key...]', `keys to show, at most ${MAX_DRAWN_KEYS} (default: four samples)`),
  )
    .description('Draws the ring: who owns which arc, and where keys land.')
    .addOption(
      new Option('--add <count>', 'draw it again after nodes joined')
        .argParser(wholeNumber('--add', 1, MAX_DRAWN_NODES - 1))
        .conflicts('removeNode'),
    )
    .addOption(new Option('--remove-node <name>', 'draw it again after a node left'))
    .action(run)
}

async function run(words: string[], flags: Flags): Promise<void> {
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
  await show(flags.format, 'drawing', () =>
    ringDrawing({ ...flags, seed: flags.seed, keys, ...(change ? { change } : {}) }),
  )
}
