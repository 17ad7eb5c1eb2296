import { group } from '../group.js'

export const { configure, examples } = group(
  'cluster',
  'Redis Cluster: 16,384 slots over masters with replicas, in virtual time.',
  [
    ['cachelab cluster slot user:123 {user:123}:cart', 'slots, and tags that keep keys together'],
    ['cachelab cluster failover --duration 8s', 'a master dies'],
    ['cachelab cluster add-node', 'slots move to a new master under load'],
  ],
)
