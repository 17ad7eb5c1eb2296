import { group } from '../group.js'

export const { configure, examples } = group(
  'memcached',
  'Memcached: what its memory, its LRU and its clients do, by the rules of memcached 1.6 and libmemcached.',
  [
    ['cachelab memcached slabs --item 100 --item 5000', 'which chunks two values go to'],
    ['cachelab memcached ring --nodes a,b,c --weight c=2', 'the continuum of three servers'],
    ['cachelab memcached choose --needs sessions,throughput', 'or should it be Redis?'],
  ],
)
