import { memcachedLru } from '../../experiment/memcached/lru.js'
import { command } from '../options/declare.js'
import { capacityOption, exponentOf, requestsOptions, workloadsOption } from '../options/eviction.js'
import { formatOption } from '../options/ring.js'
import { show } from '../output/show.js'

const DEFAULT_REQUESTS = 100_000

export const { configure, examples, accepts } = command({
  description:
    'Compares the segmented LRU of a slab class (HOT, WARM, COLD) with a plain LRU on the same requests.',
  options: {
    workloads: workloadsOption('all'),
    capacity: capacityOption(),
    ...requestsOptions(DEFAULT_REQUESTS),
    format: formatOption,
  },
  examples: [
    ['cachelab memcached lru', 'every workload of the eviction lab'],
    ['cachelab memcached lru --workloads zipf,mixed --capacity 200', 'with room for a fifth of the keys'],
    ['cachelab memcached lru --workloads hotspot --keys 10000', 'hot keys that change'],
  ],
  async run(flags) {
    const exponent = exponentOf(flags)
    await show(flags.format, 'simulating', (progress) => memcachedLru({ ...flags, exponent }, progress))
  },
})
