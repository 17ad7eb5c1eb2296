import { type Command, Option } from 'commander'
import { ringRolling } from '../../experiment/ring/rolling.js'
import { InputError } from '../../input-error.js'
import { nodeNames, type PlacementName } from '../../placement/index.js'
import { pairs, wholeNumber } from '../options/arguments.js'
import { keysFrom } from '../options/keys.js'
import {
  checkPoints,
  formatOption,
  hashOption,
  keysOptions,
  placementOptions,
  type RingFlags,
  seedOption,
  unusedOptions,
  vnodesOption,
} from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'
import { note } from '../output/terminal.js'

interface Flags extends Omit<RingFlags, 'nodes'> {
  keys: number
  keysFrom?: string
  placement: PlacementName
  loadFactor: number
  from: number
  to?: number
  replace?: [string, string][]
}

const MAX_NODES = 1000
const DEFAULT_STEPS = 2

export const examples = [
  ['cachelab ring rolling', 'from three nodes to five, one at a time'],
  ['cachelab ring rolling --from 5 --to 2', 'shrinking'],
  ['cachelab ring rolling --replace node-B=node-X', 'swapping one machine for another'],
] as const

export function configure(command: Command): Command {
  return placementOptions(keysOptions(formatOption(seedOption(hashOption(vnodesOption(command))))))
    .description('Adds or removes nodes one at a time and counts the keys that move, modulo beside it.')
    .addOption(
      new Option('--from <count>', 'nodes in the beginning')
        .default(3)
        .argParser(wholeNumber('--from', 1, MAX_NODES)),
    )
    .addOption(
      new Option(
        '--to <count>',
        `nodes in the end (default: ${DEFAULT_STEPS} more, or as many with --replace)`,
      ).argParser(wholeNumber('--to', 1, MAX_NODES)),
    )
    .addOption(
      new Option('--replace <old=new>', 'swap a node, after the steps; may be given several times').argParser(
        pairs('--replace', 'old=new, such as node-B=node-X', (name) => name),
      ),
    )
    .action(run)
}

async function run(flags: Flags, command: Command): Promise<void> {
  const replace = flags.replace ?? []
  const to = flags.to ?? (replace.length > 0 ? flags.from : flags.from + DEFAULT_STEPS)
  if (to === flags.from && replace.length === 0) {
    throw new InputError(`--to must be another number than --from, got "${to}" for both`)
  }
  checkPoints({ nodes: nodeNames(Math.max(flags.from, to)), vnodes: flags.vnodes })
  const keys = keysFrom(flags)
  await show(flags.format, 'placing keys', (progress) =>
    ringRolling(
      {
        ...flags,
        seed: flags.seed,
        keys,
        nodes: nodeNames(flags.from),
        to,
        replace: replace.map(([leaving, joining]) => ({ leaving, joining })),
      },
      progress,
    ),
  )
  noteBlankLines(keys)
  for (const text of unusedOptions(command, flags.placement)) note(text)
}
