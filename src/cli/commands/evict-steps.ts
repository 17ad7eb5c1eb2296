import { type Command, Option } from 'commander'
import { type PolicyName, policyNames } from '../../eviction/index.js'
import { evictionSteps } from '../../experiment/eviction/steps.js'
import { InputError } from '../../input-error.js'
import type { FormatName } from '../../report/index.js'
import { choice, decimal, wholeNumber } from '../options/arguments.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

interface Flags {
  policy: PolicyName
  capacity: number
  seed: number
  rate: number
  format: FormatName
}

const MAX_STEPS = 10_000

export const examples = [
  ['cachelab evict steps --policy lru --capacity 3 A B C A D', 'B leaves: it was not used for longest'],
  ['cachelab evict steps --policy sieve --capacity 3 A B C A D E B', 'the hand passes A, and stays'],
  ['cachelab evict steps --policy arc --capacity 2 A B A C B', 'ghosts that teach'],
] as const

export function configure(command: Command): Command {
  return formatOption(command.argument('<key...>', 'the requests, in their order'))
    .description(
      'Goes through requests one by one: what came, hit or miss, what left and why, what is inside.',
    )
    .addOption(
      new Option('--policy <name>', 'which policy')
        .choices(policyNames)
        .default('lru')
        .argParser(choice('--policy', policyNames)),
    )
    .addOption(
      new Option('--capacity <count>', 'keys that the cache holds')
        .default(3)
        .argParser(wholeNumber('--capacity', 1, 1000)),
    )
    .addOption(
      new Option('--seed <number>', 'for policies that draw')
        .default(1)
        .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
    )
    .addOption(
      new Option('--rate <number>', 'requests a second, for policies that look at a clock')
        .default(1)
        .argParser(decimal('--rate', 0.001, 1e9)),
    )
    .action(run)
}

async function run(requests: string[], flags: Flags): Promise<void> {
  if (requests.includes('')) throw new InputError('a key must not be empty, got ""')
  if (requests.length > MAX_STEPS)
    throw new InputError(`at most ${MAX_STEPS} requests can be shown, got ${requests.length}`)
  await show(flags.format, 'stepping', () => evictionSteps({ ...flags, requests }))
}
