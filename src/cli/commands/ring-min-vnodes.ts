import { ringMinVnodes } from '../../experiment/ring/min-vnodes.js'
import { share } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { keysFrom } from '../options/keys.js'
import { checkSeveralNodes, manyRingsOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

export const { configure, examples } = command({
  description:
    'Searches for the least number of virtual nodes with which all nodes stay close to their fair share.',
  options: {
    ...manyRingsOptions(200),
    within: option('<share>', 'how close all nodes must be', share, '5%'),
    confidence: option('<share>', 'on what share of all rings', share, '95%'),
  },
  examples: [
    ['cachelab ring min-vnodes', 'the lesson’s question: all within ±5%, 19 times in 20'],
    ['cachelab ring min-vnodes --within 10% --confidence 90%', 'a wider band, asked less strictly'],
    ['cachelab ring min-vnodes --nodes 10 --runs 50', 'where no number of virtual nodes can'],
  ],
  async run(flags) {
    checkSeveralNodes(flags)
    const keys = keysFrom(flags)
    await show(flags.format, 'building rings', (progress) => ringMinVnodes({ ...flags, keys }, progress))
    noteBlankLines(keys)
  },
})
