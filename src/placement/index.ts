import type { HashFunction } from '../hashing/index.js'
import { BoundedRing } from './bounded.js'
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

/** Everything that some placement can be told; each takes what it uses. */
export interface PlacementOptions {
  vnodes: number
  hash: HashFunction
  seed?: number | undefined
  /** Keys that will be placed, for bounded loads. */
  keys: number
  loadFactor: number
}

/** A placement's facts, for tables and for choosing. */
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
  modulo: {
    create: (nodes, { hash }) => new Modulo(nodes, hash),
    uses: ['hash'],
    lookup: 'O(1)',
    limits: 'almost every key moves when N changes',
    paper: 'textbook',
    rule: "the node's number is the hash of the key modulo the number of nodes.",
  },
  ring: {
    create: (nodes, options) => new HashRing(nodes, options),
    uses: ['vnodes', 'hash', 'seed'],
    lookup: 'O(1) expected',
    limits: 'even only with many virtual nodes',
    paper: 'Karger et al., STOC 1997',
    rule: 'hash the key, then go clockwise to the first virtual node with a greater position.',
  },
  jump: {
    create: (nodes, { hash }) => new JumpHash(nodes, hash),
    uses: ['hash'],
    lookup: 'O(log N)',
    limits: 'only the last node can go; order of nodes matters',
    paper: 'Lamping and Veach, 2014',
    rule: 'the hash of the key seeds a generator that jumps from bucket to bucket; the last one below the number of nodes is its own.',
  },
  rendezvous: {
    create: (nodes, options) => new Rendezvous(nodes, options),
    uses: ['hash', 'seed'],
    lookup: 'O(N)',
    limits: 'a lookup asks every node',
    paper: 'Thaler and Ravishankar, 1998',
    rule: 'every node draws a number from the hash of the key and its own; the highest wins.',
  },
  maglev: {
    create: (nodes, options) => new Maglev(nodes, options),
    uses: ['hash', 'seed'],
    lookup: 'O(1)',
    limits: 'a few stray moves; a change refills the table',
    paper: 'Eisenbud et al., NSDI 2016',
    rule: 'the hash of the key modulo the size of the table picks an entry, and the entry names the node.',
  },
  bounded: {
    create: (nodes, options) => new BoundedRing(nodes, options),
    uses: ['vnodes', 'hash', 'seed', 'loadFactor'],
    lookup: 'O(1/ε²) expected',
    limits: 'stray moves; counts every key',
    paper: 'Mirrokni et al., SODA 2018',
    rule: 'go clockwise as on a ring, past nodes that are full.',
  },
  slots: {
    create: (nodes) => new HashSlots(nodes),
    uses: [],
    lookup: 'O(1)',
    limits: 'a table that remembers its history; always CRC16',
    paper: 'Redis Cluster specification',
    rule: 'CRC16 of the key, or of its {hash tag}, modulo 16384 is the slot, and a table says which node has it.',
  },
} satisfies Record<string, PlacementKind>

export type PlacementName = keyof typeof kinds

/** Every placement by name. */
export const placements: Readonly<Record<PlacementName, PlacementKind>> = kinds
export const placementNames = Object.keys(placements) as PlacementName[]

/** A placement by name. Throws InputError where nodes or options can't be used. */
export function createPlacement(
  name: PlacementName,
  nodes: readonly string[],
  options: PlacementOptions,
): Placement {
  return placements[name].create(nodes, options)
}

/** How a placement hashes keys: as asked, but for slots, which are CRC16's whatever is asked. */
export function keyHash(name: PlacementName, hash: HashFunction): HashFunction {
  return name === 'slots' ? slotHash : hash
}
