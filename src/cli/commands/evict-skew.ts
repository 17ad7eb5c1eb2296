import { type Command, Option } from 'commander'
import type { PolicyName } from '../../eviction/index.js'
import { skewSweep } from '../../experiment/eviction/skew.js'
import type { FormatName } from '../../report/index.js'
import { decimals, wholeNumber } from '../options/arguments.js'
import { capacityOption, policiesOption, type StreamFlags, streamOptions } from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags extends StreamFlags {
  policies: PolicyName[]
  capacity: number
  exponents: number[]
  runs: number
  format: FormatName
}

const DEFAULT_EXPONENTS = '0,0.2,0.4,0.6,0.8,1,1.2,1.4'

export const examples = [
  ['cachelab evict skew', 'from uniform to an exponent of 1.4'],
  ['cachelab evict skew --policies lru,sieve,random --capacity 50', 'a smaller cache, and a newer policy'],
  ['cachelab evict skew --exponents 0.9,1,1.1 --runs 10 --format csv', 'near 1, for a spreadsheet'],
] as const

export function configure(command: Command): Command {
  const parse = decimals('--exponents', 0, 8)
  return formatOption(streamOptions(capacityOption(policiesOption(command, 'lru,lfu,random'))))
    .description('Shows the hit ratio as Zipf’s exponent grows: where each policy begins to gain.')
    .addOption(
      new Option('--exponents <numbers>', 'exponents to try')
        .default(parse(DEFAULT_EXPONENTS), DEFAULT_EXPONENTS)
        .argParser(parse),
    )
    .addOption(
      new Option('--runs <count>', 'runs for each exponent')
        .default(5)
        .argParser(wholeNumber('--runs', 1, 10_000)),
    )
    .action(run)
}

async function run(flags: Flags): Promise<void> {
  await show(flags.format, 'simulating', (progress) => skewSweep(flags, progress))
}
