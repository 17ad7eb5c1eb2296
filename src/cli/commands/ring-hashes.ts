import type { Command } from 'commander'
import { ringHashes } from '../../experiment/ring/hashes.js'
import { keysFrom } from '../options/keys.js'
import {
  checkPoints,
  formatOption,
  keysOptions,
  nodesOption,
  type RingFlags,
  seedOption,
  vnodesOption,
} from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

interface Flags extends Omit<RingFlags, 'hash'> {
  keys: number
  keysFrom?: string
  time?: boolean
}

export const examples = [
  ['cachelab ring hashes', 'six hash functions on the same keys'],
  ['cachelab ring hashes --nodes 10 --vnodes 500', 'ten nodes, more virtual nodes'],
  ['cachelab ring hashes --time', 'their speed on this machine, too'],
] as const

export function configure(command: Command): Command {
  return keysOptions(formatOption(seedOption(vnodesOption(nodesOption(command)))))
    .description(
      'Compares hash functions: balance of a ring, avalanche, and keys with a pattern, where weak ones fail.',
    )
    .option('--time', 'measure speed too, by the clock: other numbers every time')
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  checkPoints(flags)
  const keys = keysFrom(flags)
  await show(flags.format, 'hashing keys', (progress) =>
    ringHashes({ ...flags, seed: flags.seed, keys, time: flags.time ?? false }, progress),
  )
  noteBlankLines(keys)
}
