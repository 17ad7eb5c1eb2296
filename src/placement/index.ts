import { type HashFunction, hashFunctions } from '../hashing/index.js'
import type { OwnName } from '../own-name.js'
import { BoundedRing } from './bounded.js'
import { EnvoyRing, envoyHash } from './envoy.js'
import facts from './facts.json' with { type: 'json' }
import { type HaproxyHashType, HaproxyRing, haproxyHashes } from './haproxy.js'
import { JumpHash } from './jump.js'
import { Ketama, ketamaHash } from './ketama.js'
import { Maglev } from './maglev.js'
import { Modulo, moduloHash } from './modulo.js'
import { NginxRing } from './nginx.js'
import type { Placement } from './placement.js'
import type { Weights } from './program-ring.js'
import { Rendezvous } from './rendezvous.js'
import { HashRing } from './ring.js'
import { HashSlots, slotHash } from './slots.js'

export { type BoundedOptions, BoundedRing } from './bounded.js'
export { type EnvoyOptions, EnvoyRing } from './envoy.js'
export { GrowingRing } from './growing-ring.js'
export { type HaproxyHashType, type HaproxyOptions, HaproxyRing, haproxyHashTypes } from './haproxy.js'
export { JumpHash } from './jump.js'
export { Ketama } from './ketama.js'
export { Maglev, type MaglevOptions } from './maglev.js'
export { Modulo, moduloHashes } from './modulo.js'
export { freshNames, nodeNames } from './names.js'
export { NginxRing } from './nginx.js'
export { compareNames, HashedPlacement, type Placement } from './placement.js'
export { Rendezvous, type RendezvousOptions } from './rendezvous.js'
export { HashRing, MAX_POINTS, type RingOptions } from './ring.js'
export { RingPoints } from './ring-points.js'
export { HashSlots, keySlot, SLOTS } from './slots.js'

/** The options of all placements; each uses some. */
export interface PlacementOptions {
  /** Virtual nodes of a node, for rings. */
  vnodes: number
  /** How keys are hashed, where the placement has no hash of its own. */
  hash: HashFunction
  /** Another seed, another placement; undefined for the lesson’s. */
  seed?: number | undefined
  /** Keys that will be placed, for bounded loads. */
  keys: number
  /** The factor by which a node may have more than its share, for bounded loads. */
  loadFactor: number
  /** Weight by node, for rings; 1 where there is none. */
  weights?: Weights | undefined
  /** For haproxy. */
  hashType?: HaproxyHashType | undefined
}

/** A placement with its facts from facts.json, for tables and for choosing. */
export interface PlacementKind {
  create(nodes: readonly string[], options: PlacementOptions): Placement
  /** What its keys are hashed by, whatever --hash says. */
  readonly hash?: HashFunction
  /**
   * Random points on a ring of each of `nodes` equal nodes, from which theory has the balance. None where keys spread as
   * evenly as chance lets them, null where theory has no formula.
   */
  points?(nodes: number, vnodes: number): number | null
  /** Which options change anything. */
  readonly uses: readonly ('vnodes' | 'hash' | 'seed' | 'loadFactor' | 'weights' | 'hashType')[]
  readonly lookup: string
  /** What it can't do, or what it costs, in a few words. */
  readonly limits: string
  readonly paper: string
  /** How a key finds its node, in a sentence. */
  readonly rule: string
}

type Kind = Pick<PlacementKind, 'create' | 'hash' | 'points' | 'uses'>

/** The textbook's. */
const algorithms = {
  modulo: { create: (nodes, { hash }) => new Modulo(nodes, hash), uses: ['hash'] },
  ring: {
    create: (nodes, options) => new HashRing(nodes, options),
    points: (_, vnodes) => vnodes,
    uses: ['vnodes', 'hash', 'seed', 'weights'],
  },
  jump: { create: (nodes, { hash }) => new JumpHash(nodes, hash), uses: ['hash'] },
  rendezvous: { create: (nodes, options) => new Rendezvous(nodes, options), uses: ['hash', 'seed'] },
  maglev: { create: (nodes, options) => new Maglev(nodes, options), uses: ['hash', 'seed'] },
  bounded: {
    create: (nodes, options) => new BoundedRing(nodes, options),
    points: () => null,
    uses: ['vnodes', 'hash', 'seed', 'loadFactor', 'weights'],
  },
  slots: { create: (nodes) => new HashSlots(nodes), hash: slotHash, uses: [] },
} satisfies Record<string, Kind>

/** Those of programs that people run, with the programs' own hashes and names of nodes. */
const programs = {
  libmemcached: {
    create: (nodes, { weights }) => new Ketama(nodes, weights),
    hash: ketamaHash,
    points: () => 160,
    uses: ['weights'],
  },
  nginx: {
    create: (nodes, { weights }) => new NginxRing(nodes, weights),
    hash: hashFunctions.crc32,
    points: () => 160,
    uses: ['weights'],
  },
  haproxy: {
    create: (nodes, options) => new HaproxyRing(nodes, options),
    hash: haproxyHashes['sdbm-avalanche'],
    points: () => null,
    uses: ['weights', 'hashType'],
  },
  envoy: {
    create: (nodes, options) => new EnvoyRing(nodes, options),
    hash: envoyHash,
    points: (nodes) => Math.ceil(1024 / nodes),
    uses: ['weights'],
  },
} satisfies Record<string, Kind>

const kinds = { ...algorithms, ...programs }

type BuiltIn = keyof typeof kinds
/** A placement of ours, or of a file that was loaded. */
export type PlacementName = BuiltIn | OwnName
/**
 * The placements of ours.
 *
 * @example
 * import { type PlacementName, placementNames } from 'cachelab/placement'
 * const textbook: PlacementName[] = placementNames.slice(0, 5)
 * textbook // [ 'modulo', 'ring', 'jump', 'rendezvous', 'maglev' ]
 */
export const placementNames = Object.keys(kinds) as BuiltIn[]
export const algorithmNames = Object.keys(algorithms) as BuiltIn[]

const factsOf: Readonly<Record<BuiltIn, Omit<PlacementKind, keyof Kind>>> = facts

const all = Object.fromEntries(
  placementNames.map((name): [PlacementName, PlacementKind] => [name, { ...kinds[name], ...factsOf[name] }]),
) as Record<PlacementName, PlacementKind>

/** Every placement by name. */
export const placements: Readonly<Record<PlacementName, PlacementKind>> = all

/** Adds a placement, which a file brings, under a name that is the file's. */
export function addPlacement(name: OwnName, kind: PlacementKind): void {
  all[name] = kind
}

/**
 * A placement by name. Throws InputError where nodes or options can't be used.
 *
 * @example
 * import { createPlacement, hashFunctions, type PlacementOptions } from 'cachelab/placement'
 * const options: PlacementOptions = { vnodes: 150, hash: hashFunctions.md5, keys: 1000, loadFactor: 1.25 }
 * const nodes = ['cache1', 'cache2', 'cache3']
 * createPlacement('ring', nodes, options).locate('user:1001') // 'cache1'
 * createPlacement('maglev', nodes, options).locate('user:1001') // 'cache3'
 */
export function createPlacement(
  name: PlacementName,
  nodes: readonly string[],
  options: PlacementOptions,
): Placement {
  return placements[name].create(nodes, options)
}

/**
 * The hash whose values a placement takes, on each of these numbers of nodes: its own, or the one asked for, of which
 * modulo takes the whole digest.
 */
export function keyHash(name: PlacementName, hash: HashFunction, counts: readonly number[]): HashFunction {
  if (name === 'modulo') return moduloHash(hash, counts)
  return placements[name].hash ?? hash
}
