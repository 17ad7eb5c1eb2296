import eviction from './topics/eviction.md'
import redis from './topics/redis.md'
import replication from './topics/replication.md'
import ring from './topics/ring.md'
import skew from './topics/skew.md'
import virtualNodes from './topics/virtual-nodes.md'

/** The text of each walkthrough, in the order of the lesson. */
const texts = { redis, ring, 'virtual-nodes': virtualNodes, replication, eviction, skew }

export type Topic = keyof typeof texts

/** Every walkthrough's Markdown by topic. */
export const walkthroughs: Readonly<Record<Topic, string>> = texts
export const topics = Object.keys(texts) as Topic[]
