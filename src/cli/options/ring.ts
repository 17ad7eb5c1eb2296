import { hashNames } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import { MAX_KEYS } from '../../keys/index.js'
import { MAX_POINTS, type PlacementName, placementNames, placements } from '../../placement/index.js'
import { formatNames } from '../../report/index.js'
import { choice, decimal, nodes, wholeNumber } from './arguments.js'
import { type Context, option } from './declare.js'

/** Options that several commands share, with the same values, defaults and errors. */

const seedNumber = wholeNumber(0, Number.MAX_SAFE_INTEGER)

/** A seed with a default. */
export const seedOption = (what = 'seed of times and requests', initial = 1) =>
  option('<number>', what, seedNumber, initial).last()

/** A seed without a default, which salts what is fixed without one. */
export const saltOption = (what = 'draw another ring (the lesson’s ring has none)') =>
  option('<number>', what, seedNumber).last()

export const runsOption = (what: string, initial: number, max = 10_000) =>
  option('<count>', what, wholeNumber(1, max), initial)

export const nodesOption = (initial = '3') =>
  option('<count|names>', 'how many nodes, or their names between commas', nodes, initial).first()

export const vnodesOption = option(
  '<count>',
  'virtual nodes of each node',
  wholeNumber(1, 100_000),
  150,
).first()

export const hashOption = option('<name>', 'hash function', choice(hashNames, 'hash'), 'md5').last()

export const formatOption = option('<name>', 'how to print the report', choice(formatNames), 'table').last()

export const keysOptions = {
  keys: option('<count>', 'place the keys key-0, key-1, …', wholeNumber(1, MAX_KEYS), 10_000),
  keysFrom: option('<file>', 'place the keys in a file, one a line; - is standard input').excludes('keys'),
}

export const loadFactorOption = option(
  '<number>',
  'bounded: limit of keys on a node ÷ fair share',
  decimal(1, 1000),
  1.25,
).last()

export const placementOptions = {
  placement: option('<name>', 'placement algorithm', choice(placementNames, 'placement'), 'ring').first(),
  loadFactor: loadFactorOption,
}

export const ringOptions = (nodes?: string, seeds?: string) => ({
  nodes: nodesOption(nodes),
  vnodes: vnodesOption,
  hash: hashOption,
  seed: saltOption(seeds),
  format: formatOption,
})

/** Options of experiments that build a ring for each of many seeds, on the same keys. */
export const manyRingsOptions = (runs: number) => ({
  nodes: nodesOption(),
  hash: hashOption,
  seed: saltOption('seed of the first ring (default: 1)'),
  format: formatOption,
  ...keysOptions,
  runs: runsOption('rings for each number tried', runs),
})

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

/** Notes on given options that a placement doesn't use. */
export function unusedOptions(isGiven: Context['isGiven'], placement: PlacementName): string[] {
  const { uses } = placements[placement]
  const flags = {
    vnodes: '--vnodes',
    hash: '--hash',
    seed: '--seed',
    loadFactor: '--load-factor',
    weights: '--weight',
    hashType: '--hash-type',
  } as const
  return (Object.keys(flags) as (keyof typeof flags)[])
    .filter((name) => isGiven(name === 'weights' ? 'weight' : name) && !uses.includes(name))
    .map((name) => `--placement ${placement} does not use ${flags[name]}`)
}
