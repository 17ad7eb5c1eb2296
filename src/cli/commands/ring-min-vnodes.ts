import { type Command, Option } from 'commander'
import { ringMinVnodes } from '../../experiment/ring/min-vnodes.js'
import { share } from '../options/arguments.js'
import { keysFrom } from '../options/keys.js'
import { checkSeveralNodes, type ManyRingsFlags, manyRingsOptions } from '../options/ring.js'
import { noteBlankLines, show } from '../output/show.js'

interface Flags extends ManyRingsFlags {
  within: number
  confidence: number
}

export const examples = [
  ['cachelab ring min-vnodes', 'the lesson’s question: all within ±5%, 19 times in 20'],
  ['cachelab ring min-vnodes --within 10% --confidence 90%', 'a wider band, asked less strictly'],
  ['cachelab ring min-vnodes --nodes 10 --runs 50', 'where no number of virtual nodes can'],
] as const

export function configure(command: Command): Command {
  return manyRingsOptions(command, 200)
    .description(
      'Searches for the least number of virtual nodes with which all nodes stay close to their fair share.',
    )
    .addOption(
      new Option('--within <share>', 'how close all nodes must be')
        .default(0.05, '5%')
        .argParser(share('--within')),
    )
    .addOption(
      new Option('--confidence <share>', 'on what share of all rings')
        .default(0.95, '95%')
        .argParser(share('--confidence')),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  checkSeveralNodes(flags)
  const keys = keysFrom(flags)
  await show(flags.format, 'building rings', (progress) =>
    ringMinVnodes({ ...flags, seed: flags.seed, keys }, progress),
  )
  noteBlankLines(keys)
}
