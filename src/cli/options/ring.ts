import { type Command, Option } from 'commander'
import { type HashName, hashNames } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import { MAX_KEYS } from '../../keys/index.js'
import { MAX_POINTS, type PlacementName, placementNames, placements } from '../../placement/index.js'
import { type FormatName, formatNames } from '../../report/index.js'
import type { LoadWorkload } from '../../workload/eighty-twenty.js'
import { choice, decimal, nodes, wholeNumber } from './arguments.js'
import type { ConnectFlags } from './connect.js'

/** Options that several commands share, so that each reads, defaults and fails the same everywhere. */

export function nodesOption(command: Command, initial = '3'): Command {
  return command.addOption(
    new Option('--nodes <count|names>', 'how many nodes, or their names between commas')
      .default(nodes(initial), initial)
      .argParser(nodes),
  )
}

export function vnodesOption(command: Command): Command {
  return command.addOption(
    new Option('--vnodes <count>', 'virtual nodes a node')
      .default(150)
      .argParser(wholeNumber('--vnodes', 1, 100_000)),
  )
}

export function hashOption(command: Command): Command {
  return command.addOption(
    new Option('--hash <name>', 'hash function')
      .choices(hashNames)
      .default('md5')
      .argParser(choice('--hash', hashNames)),
  )
}

export function seedOption(
  command: Command,
  what = 'draw another ring (the lesson’s ring has none)',
): Command {
  return command.addOption(
    new Option('--seed <number>', what).argParser(wholeNumber('--seed', 0, Number.MAX_SAFE_INTEGER)),
  )
}

export function formatOption(command: Command): Command {
  return command.addOption(
    new Option('--format <name>', 'how to print the report')
      .choices(formatNames)
      .default('table')
      .argParser(choice('--format', formatNames)),
  )
}

export function keysOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--keys <count>', 'place the keys key-0, key-1, …')
        .default(10_000)
        .argParser(wholeNumber('--keys', 1, MAX_KEYS)),
    )
    .addOption(
      new Option('--keys-from <file>', 'place the keys in a file, one a line; - is a pipe').conflicts('keys'),
    )
}

export function placementOptions(command: Command): Command {
  return loadFactorOption(
    command.addOption(
      new Option('--placement <name>', 'which algorithm decides')
        .choices(placementNames)
        .default('ring')
        .argParser(choice('--placement', placementNames)),
    ),
  )
}

export function loadFactorOption(command: Command): Command {
  return command.addOption(
    new Option('--load-factor <number>', 'bounded: most keys on a node ÷ fair share')
      .default(1.25)
      .argParser(decimal('--load-factor', 1, 1000)),
  )
}

/** What `ringOptions` reads from the command line. */
export interface RingFlags {
  nodes: string[]
  vnodes: number
  hash: HashName
  seed?: number
  format: FormatName
}

/** What `ring` reads from the command line. */
export interface DistributionFlags extends RingFlags, ConnectFlags {
  keys: number
  keysFrom?: string
  placement: PlacementName
  loadFactor: number
  workload?: LoadWorkload
  requests?: number
}

export function ringOptions(command: Command, nodes?: string, seeds?: string): Command {
  return formatOption(seedOption(hashOption(vnodesOption(nodesOption(command, nodes))), seeds))
}

/** What `manyRingsOptions` reads from the command line. */
export interface ManyRingsFlags {
  nodes: string[]
  hash: HashName
  seed?: number
  format: FormatName
  keys: number
  keysFrom?: string
  runs: number
}

/** For experiments that build a ring for each of many seeds, on the same keys. */
export function manyRingsOptions(command: Command, runs: number): Command {
  const seeded = seedOption(hashOption(nodesOption(command)), 'seed of the first ring (default: 1)')
  return keysOptions(formatOption(seeded)).addOption(
    new Option('--runs <count>', 'rings for each number tried')
      .default(runs)
      .argParser(wholeNumber('--runs', 1, 10_000)),
  )
}

/** Throws InputError where nodes × virtual nodes is more than a ring takes. */
export function checkPoints({ nodes, vnodes }: { nodes: readonly string[]; vnodes: number }): void {
  const points = nodes.length * vnodes
  if (points > MAX_POINTS) {
    throw new InputError(
      `--nodes × --vnodes must be at most ${MAX_POINTS}, got ${nodes.length} × ${vnodes} = ${points}`,
    )
  }
}

/** Throws InputError at a single node, where an experiment compares nodes. */
export function checkSeveralNodes({ nodes }: { nodes: readonly string[] }): void {
  if (nodes.length < 2)
    throw new InputError('--nodes must be at least 2 here: a single node always has all keys')
}

/** The options given that change nothing for a placement, as notes. */
export function unusedOptions(command: Command, placement: PlacementName): string[] {
  const { uses } = placements[placement]
  const flags = { vnodes: '--vnodes', hash: '--hash', seed: '--seed', loadFactor: '--load-factor' } as const
  return (Object.keys(flags) as (keyof typeof flags)[])
    .filter((name) => command.getOptionValueSource(name) === 'cli' && !uses.includes(name))
    .map((name) => `--placement ${placement} does not use ${flags[name]}`)
}
