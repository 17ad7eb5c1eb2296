import { type PolicyName, policies } from '../eviction/index.js'
import { hashText } from '../hashing/index.js'
import { HashRing } from '../placement/index.js'
import { keySlot, SLOTS } from '../placement/slots.js'
import type { Random } from '../random/random.js'
import { leastMoved, moduloMoved } from '../stats/ring-theory.js'
import { exponentForSkew, topShare } from '../workload/zipf.js'

/** The values of a question's `{names}`. */
export type Drawn = Readonly<Record<string, string | number>>

const percent = (share: number) => Math.round(share * 1000) / 10

/** Random requests for a few keys, the last of which evicts one, and their result under a policy. */
function requestsUnder(policy: PolicyName, random: Random): Drawn {
  const capacity = 2 + random.below(2)
  for (;;) {
    const requests = Array.from({ length: 6 + random.below(3) }, () => 'ABCDE'[random.below(capacity + 2)])
    const names = [...new Set(requests)]
    const keys = Uint32Array.from(requests, (name) => names.indexOf(name))
    const cache = policies[policy].create({
      capacity,
      keyCount: names.length,
      requests: keys,
      seed: 1,
      rate: 1,
    })
    let hits = 0
    for (const key of keys.subarray(0, -1)) hits += Number(cache.access(key))
    const inside = names.filter((_, key) => cache.has(key))
    hits += Number(cache.access(keys[keys.length - 1]))
    const evicted = inside.find((name) => !cache.has(names.indexOf(name)))
    if (evicted !== undefined && hits > 0) return { capacity, requests: requests.join(' '), hits, evicted }
  }
}

/** What draws the values of each question that has any. */
export const draws: Readonly<Record<string, (random: Random) => Drawn>> = {
  'memory-waste': (random) => {
    const [servers, gigabytes] = [3 + random.below(8), 2 + random.below(9)]
    return { servers, gigabytes, total: servers * gigabytes }
  },
  'copies-memory': (random) => {
    const [data, replicas, nodes] = [60 * (1 + random.below(9)), 2 + random.below(2), 3 + random.below(3)]
    return { data, replicas, nodes, answer: (data * replicas) / nodes }
  },
  'mean-latency': (random) => {
    const miss = 50 - 5 * random.below(10)
    return { hit: 100 - miss, miss, answer: (1 + (miss / 100) * 20).toFixed(1) }
  },
  'load-from-misses': (random) => {
    const hit = 90 + random.below(6)
    return { hit, miss: 100 - hit }
  },
  slot: (random) => {
    const user = random.below(10_000)
    return { user, slot: hashText(keySlot, `user:${user}`) }
  },
  everysec: (random) => {
    const rate = 500 * (1 + random.below(8))
    return { rate, answer: rate / 2 }
  },
  'slots-a-node': (random) => {
    const nodes = [2, 4, 8, 16][random.below(4)]
    return { nodes, answer: SLOTS / nodes }
  },
  'lrange-end': (random) => {
    const last = 4 + random.below(20)
    return { last, answer: last + 1 }
  },
  'cluster-slots-moved': (random) => {
    const masters = 3 + random.below(6)
    return { masters, more: masters + 1, answer: Math.floor(SLOTS / (masters + 1)) }
  },
  'cluster-majority': (random) => {
    const masters = 3 + random.below(7)
    const majority = Math.floor(masters / 2) + 1
    return { masters, majority, answer: masters - majority }
  },
  'modulo-one-more': (random) => {
    const nodes = 3 + random.below(17)
    return { nodes, more: nodes + 1, answer: percent(moduloMoved(nodes, nodes + 1)) }
  },
  'modulo-double': (random) => {
    const nodes = 2 + random.below(9)
    return { nodes, double: 2 * nodes, answer: percent(moduloMoved(nodes, 2 * nodes)) }
  },
  'ring-one-more': (random) => {
    const nodes = 3 + random.below(30)
    return { nodes, more: nodes + 1, answer: percent(leastMoved(nodes, nodes + 1)) }
  },
  'ring-one-less': (random) => {
    const nodes = 4 + random.below(17)
    return { nodes, less: nodes - 1, answer: percent(leastMoved(nodes, nodes - 1)) }
  },
  owner: (random) => {
    const key = `user:${random.below(10_000)}`
    const ring = new HashRing(['cache1', 'cache2', 'cache3'], { vnodes: 150 })
    const [owner, second, third] = ring.replicas(key, 3)
    return { key, owner, second, third }
  },
  'vnodes-deviation': (random) => {
    const factor = [4, 9, 16][random.below(3)]
    return { factor, answer: Math.sqrt(factor), tens: 10 * factor }
  },
  weight: (random) => {
    const weight = 2 + random.below(4)
    return { weight, total: weight + 2, answer: percent(weight / (weight + 2)) }
  },
  'copies-survive': (random) => {
    const replicas = 2 + random.below(4)
    return { replicas, survived: replicas - 1, nodes: replicas + 2 }
  },
  'write-amplification': (random) => {
    const [replicas, writes] = [2 + random.below(3), 100 * (1 + random.below(9))]
    return { replicas, writes, copies: replicas * writes, nodes: replicas + 1 }
  },
  messages: (random) => {
    const replicas = 2 + random.below(4)
    return { replicas, messages: 2 * replicas, nodes: replicas + 1 }
  },
  hops: (random) => {
    const nodes = 4 + random.below(5)
    return { nodes, answer: (1 + 1 / nodes).toFixed(2) }
  },
  quorum: (random) => {
    const replicas = 3 + 2 * random.below(2)
    const writes = 1 + random.below(replicas)
    return { replicas, writes, reads: replicas - writes + 1, nodes: replicas + 1 }
  },
  'lru-leaves': (random) => requestsUnder('lru', random),
  'lfu-leaves': (random) => requestsUnder('lfu', random),
  'fifo-leaves': (random) => requestsUnder('fifo', random),
  'count-hits': (random) => requestsUnder('lru', random),
  'uniform-ratio': (random) => {
    const [keys, capacity] = [1000, 50 * (1 + random.below(8))]
    return { keys, capacity, answer: (100 * capacity) / keys }
  },
  loop: (random) => {
    const capacity = 10 * (2 + random.below(8))
    return { capacity, keys: capacity + 1 }
  },
  'top-share': (random) => {
    const top = 10 * (1 + random.below(5))
    const share = 100 * topShare(1000, top, exponentForSkew(1000, 0.2, 0.8))
    return { top, share: share.toFixed(1), answer: Math.round(share) }
  },
}
