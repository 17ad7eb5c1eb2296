import { type Command, Option } from 'commander'
import { ringWeights } from '../../experiment/ring/weights.js'
import { decimal, pairs } from '../options/arguments.js'
import { keysFrom } from '../options/keys.js'
import {
  formatOption,
  hashOption,
  keysOptions,
  type RingFlags,
  seedOption,
  vnodesOption,
} from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

interface Flags extends Omit<RingFlags, 'nodes'> {
  keys: number
  keysFrom?: string
  weight: [string, number][]
}

const MAX_WEIGHT = 10_000

export const examples = [
  ['cachelab ring weights', 'a large node of twice the weight of a small one'],
  ['cachelab ring weights --weight big=4 --weight mid=2 --weight tiny=0.5', 'three sizes'],
  [
    'cachelab ring weights --weight a=3 --weight b=1 --vnodes 1000 --format json',
    'more virtual nodes: closer to the weights',
  ],
] as const

export function configure(command: Command): Command {
  const parse = pairs(
    '--weight',
    `name=weight, such as large=2, with a weight from 0.01 to ${MAX_WEIGHT}`,
    decimal('--weight', 0.01, MAX_WEIGHT),
  )
  return keysOptions(formatOption(seedOption(hashOption(vnodesOption(command)))))
    .description(
      'Gives each node virtual nodes by its weight, and shows whether it gets its share of the keys.',
    )
    .addOption(
      new Option(
        '--weight <name=weight>',
        'a node and its weight; once for each node (default: large=2, small=1)',
      ).argParser(parse),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  const weights = flags.weight ?? [
    ['large', 2],
    ['small', 1],
  ]
  const keys = keysFrom(flags)
  await show(flags.format, 'placing keys', (progress) =>
    ringWeights(
      {
        ...flags,
        seed: flags.seed,
        keys,
        nodes: weights.map(([name]) => name),
        weights: weights.map(([, weight]) => weight),
      },
      progress,
    ),
  )
  noteBlankLines(keys)
}
