import { group } from '../group.js'

export const { configure, examples } = group(
  'memcached',
  'Memcached: its memory, its LRU and its clients, by the rules of memcached 1.6 and libmemcached.',
  [
    ['cachelab memcached slabs --item 100 --item 5000', 'which chunks two values go to'],
    ['cachelab memcached ring --nodes a,b,c --weight c=2', 'the continuum of three servers'],
    ['cachelab memcached choose --needs sessions,throughput', 'Redis or Memcached for these needs'],
  ],
)
