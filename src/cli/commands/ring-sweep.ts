import { ringSweep } from '../../experiment/ring/sweep.js'
import { wholeNumbers } from '../options/arguments.js'
import { command, option } from '../options/declare.js'
import { divisionOptions } from '../options/division.js'
import { keysFrom } from '../options/keys.js'
import { checkPoints, checkSeveralNodes, manyRingsOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

const DEFAULT_VNODES = '1,10,50,100,150,200,500,1000'

const parse = wholeNumbers(1, 100_000)

export const { configure, examples, accepts } = command({
  description: 'Shows how balance and memory grow with the number of virtual nodes, over many rings.',
  options: {
    ...manyRingsOptions(20),
    vnodes: option('<counts>', 'numbers of virtual nodes to try', parse, DEFAULT_VNODES),
    ...divisionOptions,
  },
  examples: [
    ['cachelab ring sweep', 'from 1 to 1000 virtual nodes, 20 rings each'],
    ['cachelab ring sweep --vnodes 1,100,10000 --nodes 10', 'ten nodes, and far more virtual nodes'],
    ['cachelab ring sweep --hash fnv1a --runs 5 --format csv', 'a weak hash, for a spreadsheet'],
  ],
  async run(flags) {
    checkSeveralNodes(flags)
    checkPoints({ nodes: flags.nodes, vnodes: Math.max(...flags.vnodes) })
    const keys = keysFrom(flags)
    await show(flags.format, 'building rings', (progress) => ringSweep({ ...flags, keys }, progress))
    noteBlankLines(keys)
  },
})
