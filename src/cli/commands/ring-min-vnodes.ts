import { ringMinVnodes } from '../../experiment/ring/min-vnodes.js'
import { share } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { jobsOption } from '../options/division.js'
import { keysFrom } from '../options/keys.js'
import { checkSeveralNodes, manyRingsOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

export const { configure, examples, accepts } = command({
  description: 'Finds the smallest number of virtual nodes that keeps all nodes close to their fair share.',
  options: {
    ...manyRingsOptions(200),
    within: option('<share>', 'largest deviation of a node from its fair share', share, '5%').first(),
    confidence: option('<share>', 'share of the rings that must reach it', share, '95%').first(),
    ...jobsOption,
  },
  examples: [
    ['cachelab ring min-vnodes', 'the lesson’s question: all within ±5%, 19 times in 20'],
    ['cachelab ring min-vnodes --within 10% --confidence 90%', 'a wider band, on fewer of the rings'],
    ['cachelab ring min-vnodes --nodes 10 --runs 50', 'a target that no number of virtual nodes reaches'],
  ],
  async run(flags) {
    checkSeveralNodes(flags)
    const keys = keysFrom(flags)
    await show(flags.format, 'building rings', (progress) => ringMinVnodes({ ...flags, keys }, progress))
    noteBlankLines(keys)
  },
})
