/** Memcached’s slab classes, its LRU and its ring. */
import { experiment } from './experiment.js'

/** Slab classes for values of given sizes, and the memory that is wasted. */
export const memcachedSlabs =
  experiment<typeof import('../cli/commands/memcached-slabs.js')>('memcached slabs')

/** Pages that stay with their class when sizes change. */
export const memcachedCalcify =
  experiment<typeof import('../cli/commands/memcached-calcify.js')>('memcached calcify')

/** Memcached’s segmented LRU beside plain LRU. */
export const memcachedLru = experiment<typeof import('../cli/commands/memcached-lru.js')>('memcached lru')

/** Ketama: where a client puts keys, and what moves when servers change. */
export const memcachedRing = experiment<typeof import('../cli/commands/memcached-ring.js')>('memcached ring')

/** Redis and Memcached, cell by cell. */
export const memcachedComparison =
  experiment<typeof import('../cli/commands/memcached-compare.js')>('memcached compare')

/** Redis or Memcached, and the rule that decides. */
export const memcachedChoice =
  experiment<typeof import('../cli/commands/memcached-choose.js')>('memcached choose')
