/** Memcached’s slab classes, its LRU and its ring. */
import { experiment } from './experiment.js'

/**
 * Slab classes for values of given sizes, and the memory that is wasted.
 *
 * @example
 * import { memcachedSlabs } from 'cachelab/memcached'
 * const { tables } = await memcachedSlabs({ factor: 1.25 })
 * tables[0].rows.slice(0, 3).map(({ chunk }) => chunk) // [ 96, 120, 152 ]
 */
export const memcachedSlabs =
  experiment<typeof import('../cli/commands/memcached-slabs.js')>('memcached slabs')

/**
 * Pages that stay with their class when sizes change.
 *
 * @example
 * import { memcachedCalcify } from 'cachelab/memcached'
 * const { findings } = await memcachedCalcify({ memory: 8, phase: '20s', rate: 1000 })
 * // Hit ratios at the end: with pages that stayed with their class, and of a cache that began empty.
 * const calcified = findings.find(({ id }) => id === 'calcified')
 * calcified?.measured // 0.5205
 * calcified?.expected // 0.9005
 */
export const memcachedCalcify =
  experiment<typeof import('../cli/commands/memcached-calcify.js')>('memcached calcify')

/**
 * Memcached’s segmented LRU beside plain LRU.
 *
 * @example
 * import { memcachedLru } from 'cachelab/memcached'
 * const { tables } = await memcachedLru({ requests: 10_000 })
 * const [{ workload, segmented, lru }] = tables[0].rows
 * workload // 'zipf'
 * segmented // 0.6372
 * lru // 0.6018
 */
export const memcachedLru = experiment<typeof import('../cli/commands/memcached-lru.js')>('memcached lru')

/**
 * Ketama: where a client puts keys, and what moves when servers change.
 *
 * @example
 * import { memcachedRing } from 'cachelab/memcached'
 * const { tables } = await memcachedRing({ nodes: ['10.0.1.1', '10.0.1.2', '10.0.1.3'] })
 * const shares = tables[0].rows.map(({ node, share }) => [node, share])
 * shares // [ [ '10.0.1.1', 0.3362 ], [ '10.0.1.2', 0.3248 ], [ '10.0.1.3', 0.339 ] ]
 */
export const memcachedRing = experiment<typeof import('../cli/commands/memcached-ring.js')>('memcached ring')

/**
 * Redis and Memcached, cell by cell.
 *
 * @example
 * import { memcachedComparison } from 'cachelab/memcached'
 * const { tables } = await memcachedComparison()
 * const [{ item, redis, memcached }] = tables[0].rows
 * item // 'data structures'
 * redis // '7 kinds, 124 commands'
 * memcached // 'strings'
 */
export const memcachedComparison =
  experiment<typeof import('../cli/commands/memcached-compare.js')>('memcached compare')

/**
 * Redis or Memcached, and the rule that decides.
 *
 * @example
 * import { memcachedChoice } from 'cachelab/memcached'
 * const { findings } = await memcachedChoice({})
 * findings[0].text // 'Choose Redis. No rule decides: both meet these needs, and Redis can meet later ones.'
 */
export const memcachedChoice =
  experiment<typeof import('../cli/commands/memcached-choose.js')>('memcached choose')
