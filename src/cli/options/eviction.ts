import { type Command, Option } from 'commander'
import { type PolicyName, policyNames } from '../../eviction/index.js'
import { InputError } from '../../input-error.js'
import type { PlacementName } from '../../placement/index.js'
import type { FormatName } from '../../report/index.js'
import { exponentForSkew, topShare, type WorkloadName, workloadNames } from '../../workload/index.js'
import { choice, choices, decimal, type Skew, skew, wholeNumber, wholeNumbers } from './arguments.js'
import type { ConnectFlags } from './connect.js'

/** Options that the commands of the eviction lab share. */

const MAX_REQUESTS = 1_000_000_000
const MAX_KEYS = 100_000_000
const MAX_EXPONENT = 8
const DEFAULT_SKEW: Skew = { requestShare: 0.8, keyShare: 0.2 }

export function policiesOption(command: Command, initial: string): Command {
  const parse = choices('--policies', policyNames)
  return command.addOption(
    new Option('--policies <names>', 'policies between commas, or all')
      .default(parse(initial), initial)
      .argParser(parse),
  )
}

export function workloadsOption(command: Command, initial: string): Command {
  const parse = choices('--workloads', workloadNames)
  return command.addOption(
    new Option('--workloads <names>', 'workloads between commas, or all')
      .default(parse(initial), initial)
      .argParser(parse),
  )
}

export function capacitiesOption(command: Command, initial: string): Command {
  const parse = wholeNumbers('--capacity', 1, MAX_KEYS)
  return command.addOption(
    new Option('--capacity <counts>', 'keys that the cache holds; several between commas')
      .default(parse(initial), initial)
      .argParser(parse),
  )
}

export function capacityOption(command: Command): Command {
  return command.addOption(
    new Option('--capacity <count>', 'keys that the cache holds')
      .default(100)
      .argParser(wholeNumber('--capacity', 1, MAX_KEYS)),
  )
}

export function workloadOption(command: Command): Command {
  return command.addOption(
    new Option('--workload <name>', 'which workload')
      .choices(workloadNames)
      .default('zipf')
      .argParser(choice('--workload', workloadNames)),
  )
}

/** What `streamOptions` reads from the command line. */
export interface StreamFlags {
  keys: number
  requests: number
  warmup: number
  seed: number
  rate: number
}

/** How many requests to how many keys. */
export function streamOptions(command: Command, requests = 10_000): Command {
  return command
    .addOption(
      new Option('--keys <count>', 'different keys')
        .default(1000)
        .argParser(wholeNumber('--keys', 1, MAX_KEYS)),
    )
    .addOption(
      new Option('--requests <count>', 'requests that are counted')
        .default(requests)
        .argParser(wholeNumber('--requests', 1, MAX_REQUESTS)),
    )
    .addOption(
      new Option('--warmup <count>', 'requests before those that are counted')
        .default(0)
        .argParser(wholeNumber('--warmup', 0, MAX_REQUESTS)),
    )
    .addOption(
      new Option('--seed <number>', 'seed of the first run')
        .default(1)
        .argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
    )
    .addOption(
      new Option('--rate <number>', 'requests a second, for policies that look at a clock')
        .default(1000)
        .argParser(decimal('--rate', 0.001, 1e9)),
    )
}

/** What `requestsOptions` reads from the command line. */
export interface RequestsFlags extends StreamFlags {
  exponent?: number
  skew?: Skew
}

/** The same, and how skewed Zipf is. */
export function requestsOptions(command: Command, requests?: number): Command {
  return streamOptions(command, requests)
    .addOption(
      new Option(
        '--skew <requests/keys>',
        'zipf: 80/20 gives 80% of the requests to 20% of the keys (default: 80/20)',
      )
        .argParser(skew('--skew'))
        .conflicts('exponent'),
    )
    .addOption(
      new Option('--exponent <number>', 'zipf: the exponent itself').argParser(
        decimal('--exponent', 0, MAX_EXPONENT),
      ),
    )
}

/** Zipf's exponent: as given, else solved for the skew. Throws InputError at a skew that so many keys can't have. */
export function exponentOf({ exponent, skew = DEFAULT_SKEW, keys }: RequestsFlags): number {
  if (exponent !== undefined) return exponent
  const { keyShare, requestShare } = skew
  const top = Math.max(1, Math.round(keys * keyShare))
  if (topShare(keys, top, 0) > requestShare || topShare(keys, top, MAX_EXPONENT) < requestShare) {
    throw new InputError(
      `--skew: ${top} of ${keys} keys can't get ${Number((requestShare * 100).toFixed(6))}% of the requests under Zipf's law; more keys can, or give --exponent`,
    )
  }
  return exponentForSkew(keys, keyShare, requestShare)
}

/** What `evict distributed` reads from the command line. */
export interface DistributedFlags extends RequestsFlags, ConnectFlags {
  nodes: string[]
  policies: PolicyName[]
  workload: WorkloadName
  placement: PlacementName
  capacity: number
  format: FormatName
}
