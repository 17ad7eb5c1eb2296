import { type Command, Option } from 'commander'
import { ringSweep } from '../../experiment/ring/sweep.js'
import { wholeNumbers } from '../options/arguments.js'
import { keysFrom } from '../options/keys.js'
import { checkPoints, checkSeveralNodes, type ManyRingsFlags, manyRingsOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

interface Flags extends ManyRingsFlags {
  vnodes: number[]
}

const DEFAULT_VNODES = '1,10,50,100,150,200,500,1000'

export const examples = [
  ['cachelab ring sweep', 'from 1 to 1000 virtual nodes, 20 rings each'],
  ['cachelab ring sweep --vnodes 1,100,10000 --nodes 10', 'ten nodes, and far more virtual nodes'],
  ['cachelab ring sweep --hash fnv1a --runs 5 --format csv', 'a weak hash, for a spreadsheet'],
] as const

export function configure(command: Command): Command {
  const parse = wholeNumbers('--vnodes', 1, 100_000)
  return manyRingsOptions(command, 20)
    .description('Shows how balance and memory grow with the number of virtual nodes, over many rings.')
    .addOption(
      new Option('--vnodes <counts>', 'numbers of virtual nodes to try')
        .default(parse(DEFAULT_VNODES), DEFAULT_VNODES)
        .argParser(parse),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  checkSeveralNodes(flags)
  checkPoints({ nodes: flags.nodes, vnodes: Math.max(...flags.vnodes) })
  const keys = keysFrom(flags)
  await show(flags.format, 'building rings', (progress) =>
    ringSweep({ ...flags, seed: flags.seed, keys }, progress),
  )
  noteBlankLines(keys)
}
