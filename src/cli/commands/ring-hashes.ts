import { ringHashes } from '../../experiment/ring/hashes.js'
import { ownFile } from '../options/arguments.js'
import { command, flag, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import {
  checkPoints,
  formatOption,
  keysOptions,
  nodesOption,
  saltOption,
  vnodesOption,
} from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Compares hash functions: the balance of a ring, avalanche, and keys with a pattern.',
  options: {
    nodes: nodesOption(),
    vnodes: vnodesOption,
    hash: option('<file>', 'a hash of your own beside ours: a file such as ./mine.ts', ownFile('hash')),
    seed: saltOption(),
    format: formatOption,
    ...keysOptions,
    time: flag('measure speed too; its numbers differ from run to run'),
  },
  examples: [
    ['cachelab ring hashes', 'six hash functions on the same keys'],
    ['cachelab ring hashes --nodes 10 --vnodes 500', 'ten nodes, more virtual nodes'],
    ['cachelab ring hashes --time', 'their speed on this machine, too'],
  ],
  async run(flags) {
    checkPoints(flags)
    const keys = keysFrom(flags)
    await show(flags.format, 'hashing keys', (progress) =>
      ringHashes({ ...flags, keys, time: flags.time ?? false }, progress),
    )
    noteBlankLines(keys)
  },
})
