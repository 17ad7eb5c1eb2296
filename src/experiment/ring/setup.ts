import { type HashFunction, type HashName, hashFunctions } from '../../hashing/index.js'
import { InputError } from '../../input-error.js'
import { type KeySource, keyPositions, type Progress, visitKeys } from '../../keys/index.js'
import { breathe } from '../../parallel/breathe.js'
import {
  createPlacement,
  type Placement,
  type PlacementName,
  type PlacementOptions,
  placements,
} from '../../placement/index.js'
import { countOf, formatCount } from '../../report/format.js'
import type { Cell, ReportParameters } from '../../report/index.js'
import { printable } from '../../report/text.js'

/** The options of every experiment on placement. */
export interface RingSetup {
  readonly nodes: readonly string[]
  /** Virtual nodes a node. */
  readonly vnodes: number
  readonly hash: HashName
  /** Salts the labels of nodes; undefined for the lesson's own ring. */
  readonly seed?: number | undefined
}

/** A setup for one placement of any kind. */
export interface PlacementSetup extends RingSetup {
  readonly placement: PlacementName
  readonly loadFactor: number
  /** Weight by node; 1 where there is none. */
  readonly weights?: PlacementOptions['weights']
  readonly hashType?: PlacementOptions['hashType']
}

/** Builds the placement that a setup describes, for this many keys. */
export function build(setup: PlacementSetup, keys: number, nodes = setup.nodes): Placement {
  return createPlacement(setup.placement, nodes, {
    vnodes: setup.vnodes,
    hash: hashFunctions[setup.hash],
    seed: setup.seed,
    keys,
    loadFactor: setup.loadFactor,
    weights: setup.weights,
    hashType: setup.hashType,
  })
}

/** The parameters that a report prints: only those that the placement uses. */
export function parametersOf(setup: PlacementSetup, keys: KeySource, count: number): ReportParameters {
  const { hash, uses } = placements[setup.placement]
  const used = (option: (typeof uses)[number], value: Cell) => (uses.includes(option) ? value : null)
  return {
    placement: setup.placement,
    nodes: setup.nodes.length,
    ...keyParameters(keys, count),
    vnodes: used('vnodes', setup.vnodes),
    hash: used('hash', setup.hash) ?? hash?.name ?? null,
    seed: used('seed', setup.seed ?? null),
    loadFactor: used('loadFactor', setup.loadFactor),
  }
}

/** What a report says of a list of keys. */
export type KnownKeys = Pick<KeySource, 'label' | 'count' | 'blankLines' | 'repeated'>

/** The number of keys, and the source of a list that was read. */
export function keyParameters(
  { label, count, blankLines, repeated }: KnownKeys,
  total: number,
): ReportParameters {
  const repeatedLines = repeated && repeated.repeats > 0 ? repeated.repeats : null
  return { keys: total, ...(count === null ? { keysFrom: label, blankLines, repeatedLines } : {}) }
}

/** Characters of a key that a finding shows. */
const MAX_SHOWN = 40

/** That a list has lines that repeat a key, and the keys that occur most often; null where it has none. */
export function repeatedFinding({ repeated, label }: KnownKeys, keys: number): string | null {
  if (!repeated || repeated.repeats === 0) return null
  const { repeats, most, isComplete } = repeated
  const named = most.map(({ key, count }) => `"${shortened(key)}" ${countOf(count, 'time')}`).join(', ')
  const limit = isComplete
    ? ''
    : ' Repeats of keys beyond the first 25 million different ones are not counted.'
  return `Repeated keys: ${formatCount(repeats)} of the ${countOf(keys + repeats, 'key')} in ${label} occur earlier in it and are left out, so each key is placed once. Most often: ${named}.${limit}`
}

function shortened(key: string): string {
  const characters = [...printable(key)]
  return characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : characters.join('')
}

/** A key list hashed by each of the hashes, by each once. Throws InputError if it is empty. */
export async function readByHash(
  keys: KeySource,
  hashes: readonly HashFunction[],
  progress?: Progress,
): Promise<Map<HashFunction, Uint32Array>> {
  const different = [...new Set(hashes)]
  const positions = await readKeys(keys, different, progress)
  return new Map(different.map((hash, i) => [hash, positions[i]]))
}

/** Keys per batch of those that were kept. */
const BATCH = 1 << 14

/**
 * A key list of known length, to be seen once, a batch at a time. Numbered keys are hashed as they come, and none is
 * kept; others must be read to the end to be counted. Throws InputError if the list is empty.
 */
export async function countedKeys(
  keys: KeySource,
  hashes: readonly HashFunction[],
  progress?: Progress,
): Promise<{
  readonly count: number
  visit(see: (batch: readonly Uint32Array[]) => void): Promise<unknown>
}> {
  const { count } = keys
  if (count !== null) {
    const functions = hashes.map(({ hash }) => hash)
    return { count, visit: (see) => visitKeys(keys, functions, see, progress) }
  }
  const kept = await readKeys(keys, hashes)
  return {
    count: kept[0].length,
    async visit(see) {
      for (let start = 0; start < kept[0].length; start += BATCH) {
        see(kept.map((positions) => positions.subarray(start, start + BATCH)))
        progress?.(start, kept[0].length)
        await breathe()
      }
    },
  }
}

/** A key list hashed by each of the hashes. Throws InputError if it is empty. */
export async function readKeys(
  keys: KeySource,
  hashes: readonly HashFunction[],
  progress?: Progress,
): Promise<Uint32Array[]> {
  await undefined
  const positions = await keyPositions(
    keys,
    hashes.map((hash) => hash.hash),
    progress,
  )
  if (positions[0].length === 0) throw new InputError(`${keys.label} holds no keys`)
  return positions
}
