import type { HashFunction } from '../hashing/index.js'
import { BoundedRing } from './bounded.js'
import facts from './facts.json' with { type: 'json' }
import { JumpHash } from './jump.js'
import { Maglev } from './maglev.js'
import { Modulo } from './modulo.js'
import type { Placement } from './placement.js'
import { Rendezvous } from './rendezvous.js'
import { HashRing } from './ring.js'
import { HashSlots, slotHash } from './slots.js'

export { type BoundedOptions, BoundedRing } from './bounded.js'
export { GrowingRing, sortedKeys } from './growing-ring.js'
export { JumpHash } from './jump.js'
export { Maglev, type MaglevOptions } from './maglev.js'
export { Modulo } from './modulo.js'
export { freshNames, nodeNames } from './names.js'
export { compareNames, type Placement } from './placement.js'
export { Rendezvous, type RendezvousOptions } from './rendezvous.js'
export { HashRing, MAX_POINTS, type RingOptions } from './ring.js'
export { HashSlots, keySlot, SLOTS } from './slots.js'

/** The options of all placements; each uses some. */
export interface PlacementOptions {
  vnodes: number
  hash: HashFunction
  seed?: number | undefined
  /** Keys that will be placed, for bounded loads. */
  keys: number
  loadFactor: number
}

/** A placement with its facts from facts.json, for tables and for choosing. */
export interface PlacementKind {
  create(nodes: readonly string[], options: PlacementOptions): Placement
  /** Which options change anything. */
  readonly uses: readonly ('vnodes' | 'hash' | 'seed' | 'loadFactor')[]
  readonly lookup: string
  /** What it can't do, or what it costs, in a few words. */
  readonly limits: string
  readonly paper: string
  /** How a key finds its node, in a sentence. */
  readonly rule: string
}

const kinds = {
  modulo: { create: (nodes, { hash }) => new Modulo(nodes, hash), uses: ['hash'] },
  ring: { create: (nodes, options) => new HashRing(nodes, options), uses: ['vnodes', 'hash', 'seed'] },
  jump: { create: (nodes, { hash }) => new JumpHash(nodes, hash), uses: ['hash'] },
  rendezvous: { create: (nodes, options) => new Rendezvous(nodes, options), uses: ['hash', 'seed'] },
  maglev: { create: (nodes, options) => new Maglev(nodes, options), uses: ['hash', 'seed'] },
  bounded: {
    create: (nodes, options) => new BoundedRing(nodes, options),
    uses: ['vnodes', 'hash', 'seed', 'loadFactor'],
  },
  slots: { create: (nodes) => new HashSlots(nodes), uses: [] },
} satisfies Record<string, Pick<PlacementKind, 'create' | 'uses'>>

export type PlacementName = keyof typeof kinds
export const placementNames = Object.keys(kinds) as PlacementName[]

const factsOf: Readonly<Record<PlacementName, Omit<PlacementKind, 'create' | 'uses'>>> = facts

/** Every placement by name. */
export const placements = Object.fromEntries(
  placementNames.map((name): [PlacementName, PlacementKind] => [name, { ...kinds[name], ...factsOf[name] }]),
) as Readonly<Record<PlacementName, PlacementKind>>

/** A placement by name. Throws InputError where nodes or options can't be used. */
export function createPlacement(
  name: PlacementName,
  nodes: readonly string[],
  options: PlacementOptions,
): Placement {
  return placements[name].create(nodes, options)
}

/** The hash that a placement uses: the one asked for, or CRC16 for slots. */
export function keyHash(name: PlacementName, hash: HashFunction): HashFunction {
  return name === 'slots' ? slotHash : hash
}
