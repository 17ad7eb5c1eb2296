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

/**
 * How keys spread over nodes, beside what theory expects.
 *
 * @example
 * import { ringDistribution } from 'cachelab/placement'
 * const { tables, findings } = await ringDistribution({ nodes: 4, vnodes: 150 })
 * const keys = tables[0].rows.map(({ node, keys }) => [node, keys])
 * keys // [ [ 'node-A', 2615 ], [ 'node-B', 2379 ], [ 'node-C', 2656 ], [ 'node-D', 2350 ] ]
 * const [{ measured, expected, ok }] = findings
 * measured?.toFixed(3) // '0.055'
 * expected?.toFixed(3) // '0.073'
 * ok // true
 */
export const ringDistribution = experiment<typeof import('../cli/commands/ring.js')>('ring')

/**
 * The node of each key in `operands`, its position, and the nodes that hold copies.
 *
 * @example
 * import { ringRoutes } from 'cachelab/placement'
 * const { tables } = await ringRoutes({ nodes: ['cache1', 'cache2', 'cache3'], replicas: 2 }, { operands: ['user:1001'] })
 * const [{ node, vnode, replicas: owners }] = tables[0].rows
 * node // 'cache1'
 * vnode // 'cache1#v37'
 * owners // 'cache1, cache3'
 */
export const ringRoutes = experiment<typeof import('../cli/commands/ring-route.js')>('ring route')

/**
 * Balance and memory of rings against the number of virtual nodes.
 *
 * @example
 * import { ringSweep } from 'cachelab/placement'
 * const { tables } = await ringSweep({ vnodes: [1, 10, 100], runs: 3, keys: 1000 })
 * const balance = tables[0].rows.map(({ vnodes, stddev, bytes }) => [vnodes, Number(stddev).toFixed(2), bytes])
 * balance // [ [ 1, '0.68', 44 ], [ 10, '0.37', 372 ], [ 100, '0.10', 4452 ] ]
 */
export const ringSweep = experiment<typeof import('../cli/commands/ring-sweep.js')>('ring sweep')

/**
 * The least number of virtual nodes for a balance, with how likely it is reached.
 *
 * @example
 * import { ringMinVnodes } from 'cachelab/placement'
 * const { findings } = await ringMinVnodes({ nodes: 3, within: 0.2, runs: 20, keys: 1000 })
 * const { measured, expected } = findings[0]
 * measured // 64
 * expected // 124
 */
export const ringMinVnodes =
  experiment<typeof import('../cli/commands/ring-min-vnodes.js')>('ring min-vnodes')

/**
 * A ring with nodes of different weights, and the keys that each gets.
 *
 * @example
 * import { ringWeights } from 'cachelab/placement'
 * const { tables } = await ringWeights({ weight: ['large=3', 'small=1'] })
 * const shares = tables[0].rows.map(({ node, share, idealShare }) => [node, share, idealShare])
 * shares // [ [ 'large', 0.7446, 0.75 ], [ 'small', 0.2554, 0.25 ] ]
 */
export const ringWeights = experiment<typeof import('../cli/commands/ring-weights.js')>('ring weights')

/**
 * Nodes that are added or replaced one at a time: the keys that move at each step.
 *
 * @example
 * import { ringRolling } from 'cachelab/placement'
 * const { tables } = await ringRolling({})
 * const moved = tables[0].rows.map(({ change, movedShare, idealShare }) => [change, movedShare, idealShare])
 * moved // [ [ 'add node-D', 0.235, 0.25 ], [ 'add node-E', 0.197, 0.2 ] ]
 */
export const ringRolling = experiment<typeof import('../cli/commands/ring-rolling.js')>('ring rolling')

/**
 * All placements on the same change of nodes: balance, keys moved, cost.
 *
 * @example
 * import { ringCompare } from 'cachelab/placement'
 * const { tables } = await ringCompare({ nodes: 3, keys: 1000 })
 * const moved = tables[0].rows.slice(0, 3).map(({ placement, movedShare }) => [placement, movedShare])
 * moved // [ [ 'modulo', 0.762 ], [ 'ring', 0.232 ], [ 'jump', 0.259 ] ]
 */
export const ringCompare = experiment<typeof import('../cli/commands/ring-compare.js')>('ring compare')

/**
 * Hash functions on the same keys: balance, avalanche, keys with a pattern.
 *
 * @example
 * import { ringHashes } from 'cachelab/placement'
 * const { tables } = await ringHashes({ keys: 1000 })
 * const flipped = tables[0].rows.map(({ hash, avalanche }) => [hash, Number(avalanche).toFixed(2)])
 * flipped // [ [ 'md5', '0.50' ], [ 'murmur3', '0.50' ], [ 'xxh32', '0.50' ], [ 'fnv1a', '0.40' ], [ 'crc32', '0.44' ], [ 'crc16', '0.43' ] ]
 */
export const ringHashes = experiment<typeof import('../cli/commands/ring-hashes.js')>('ring hashes')

/**
 * The ring itself, before and after a change, with the keys in `operands`.
 *
 * @example
 * import { ringDrawing } from 'cachelab/placement'
 * const { tables, figures = [] } = await ringDrawing({ nodes: ['a', 'b'], vnodes: 2 }, { operands: ['user:1'] })
 * tables[0].rows // [ { key: 'user:1', hash: 3519597778, node: 'a' } ]
 * const [figure] = figures
 * figure.kind // 'ring'
 */
export const ringDrawing = experiment<typeof import('../cli/commands/ring-draw.js')>('ring draw')
