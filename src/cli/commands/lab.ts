import { group } from '../group.js'

export const { configure, examples } = group(
  'lab',
  'Real servers on this machine, for --connect: started in a folder of their own, and stopped again.',
  [
    ['cachelab lab up --redis 3 && cachelab lab down', 'three Redis servers on this machine'],
    ['cachelab lab up --memcached 2 && cachelab lab down', 'two of memcached'],
    ['cachelab lab up --sentinel && cachelab lab failover; cachelab lab down', 'real and simulated failover'],
  ],
)
