/** Which node owns a key: placements, hashes, and the experiments on them. */
import { experiment } from './experiment.js'

export { type HashFunction, type HashName, hashFunctions, hashNames, hashText } from '../hashing/index.js'
export { type KeySource, LineKeys, numberedKeys } from '../keys/index.js'
export type { OwnPlacement, OwnPlacementOptions } from '../own/placement.js'
export {
  type BoundedOptions,
  BoundedRing,
  createPlacement,
  type EnvoyOptions,
  EnvoyRing,
  type HaproxyHashType,
  type HaproxyOptions,
  HaproxyRing,
  HashRing,
  HashSlots,
  JumpHash,
  Ketama,
  Maglev,
  type MaglevOptions,
  Modulo,
  NginxRing,
  nodeNames,
  type Placement,
  type PlacementName,
  type PlacementOptions,
  placementNames,
  Rendezvous,
  type RendezvousOptions,
  type RingOptions,
} from '../placement/index.js'

/** How keys spread over nodes, beside what theory expects. */
export const ringDistribution = experiment<typeof import('../cli/commands/ring.js')>('ring')

/** The node of each key in `operands`, its position, and the nodes that hold copies. */
export const ringRoutes = experiment<typeof import('../cli/commands/ring-route.js')>('ring route')

/** Balance and memory of rings against the number of virtual nodes. */
export const ringSweep = experiment<typeof import('../cli/commands/ring-sweep.js')>('ring sweep')

/** The least number of virtual nodes for a balance, with how likely it is reached. */
export const ringMinVnodes =
  experiment<typeof import('../cli/commands/ring-min-vnodes.js')>('ring min-vnodes')

/** A ring with nodes of different weights, and the keys that each gets. */
export const ringWeights = experiment<typeof import('../cli/commands/ring-weights.js')>('ring weights')

/** Nodes that are added or replaced one at a time: the keys that move at each step. */
export const ringRolling = experiment<typeof import('../cli/commands/ring-rolling.js')>('ring rolling')

/** All placements on the same change of nodes: balance, keys moved, cost. */
export const ringCompare = experiment<typeof import('../cli/commands/ring-compare.js')>('ring compare')

/** Hash functions on the same keys: balance, avalanche, keys with a pattern. */
export const ringHashes = experiment<typeof import('../cli/commands/ring-hashes.js')>('ring hashes')

/** The ring itself, before and after a change, with the keys in `operands`. */
export const ringDrawing = experiment<typeof import('../cli/commands/ring-draw.js')>('ring draw')
