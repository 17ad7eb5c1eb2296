import cluster from './topics/cluster.md'
import eviction from './topics/eviction.md'
import memcached from './topics/memcached.md'
import persistence from './topics/persistence.md'
import redis from './topics/redis.md'
import replication from './topics/replication.md'
import ring from './topics/ring.md'
import scripts from './topics/scripts.md'
import sentinel from './topics/sentinel.md'
import skew from './topics/skew.md'
import virtualNodes from './topics/virtual-nodes.md'
import why from './topics/why.md'

/** The text of each walkthrough, in the order of the lesson. */
const texts = {
  why,
  redis,
  scripts,
  persistence,
  sentinel,
  cluster,
  memcached,
  ring,
  'virtual-nodes': virtualNodes,
  replication,
  eviction,
  skew,
}

export type Topic = keyof typeof texts

/** Every walkthrough's Markdown by topic. */
export const walkthroughs: Readonly<Record<Topic, string>> = texts
export const topics = Object.keys(texts) as Topic[]
