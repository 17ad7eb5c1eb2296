import { type PolicyName, policies } from '../eviction/index.js'
import { HashRing } from '../placement/index.js'
import type { Random } from '../random/random.js'
import { expectedSpread, leastMoved, moduloMoved } from '../stats/ring-theory.js'
import { exponentForSkew, topShare } from '../workload/zipf.js'
import { type Drawn, percent } from './drawn.js'
import { serverDraws } from './server-draws.js'

/** Random requests for a few keys, the last of which evicts one, and their result under a policy. No key is a choice's letter. */
function requestsUnder(policy: PolicyName, random: Random): Drawn {
  const capacity = 2 + random.below(2)
  for (;;) {
    const requests = Array.from({ length: 6 + random.below(3) }, () => 'VWXYZ'[random.below(capacity + 2)])
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
    const misses = requests.length - hits
    if (evicted !== undefined && hits > 0 && hits !== misses) {
      const others = inside.filter((name) => name !== evicted)
      return {
        capacity,
        requests: requests.join(' '),
        hits,
        evicted,
        one: others[0],
        two: others[1] ?? requests.at(-1)!,
        misses,
      }
    }
  }
}

/** What draws the values of each question that has any. */
export const draws: Readonly<Record<string, (random: Random) => Drawn>> = {
  ...serverDraws,
  'memory-waste': (random) => {
    const [servers, each] = [3 + random.below(8), 50 * (1 + random.below(4))]
    const keys = servers * each
    return { servers, keys, total: servers * keys, part: each }
  },
  'local-copies': (random) => {
    const servers = 3 + random.below(6)
    return { servers, answer: servers, others: servers - 1 }
  },
  'copies-memory': (random) => {
    const [keys, replicas, nodes] = [600 * (1 + random.below(5)), 2 + random.below(2), 4 + random.below(2)]
    return {
      keys,
      replicas,
      nodes,
      answer: (keys * replicas) / nodes,
      single: keys / nodes,
      all: keys * replicas,
    }
  },
  'mean-latency': (random) => {
    const miss = 45 - 5 * random.below(9)
    const answer = (1 + (miss / 100) * 20).toFixed(1)
    return {
      hit: 100 - miss,
      miss,
      capacity: 1000 - 10 * miss,
      answer,
      inverted: (1 + ((100 - miss) / 100) * 20).toFixed(1),
    }
  },
  'load-from-misses': (random) => {
    const hit = 90 + random.below(6)
    return { hit, miss: 100 - hit, capacity: 10 * hit, points: 99 - hit, ratio: (99 / hit).toFixed(2) }
  },
  'modulo-one-more': (random) => {
    const nodes = 3 + random.below(17)
    const more = nodes + 1
    return { nodes, more, answer: percent(moduloMoved(nodes, more)), least: percent(leastMoved(nodes, more)) }
  },
  'modulo-double': (random) => {
    const nodes = 2 + random.below(9)
    return { nodes, double: 2 * nodes, answer: percent(moduloMoved(nodes, 2 * nodes)) }
  },
  'ring-one-more': (random) => {
    const nodes = 3 + random.below(17)
    const more = nodes + 1
    return {
      nodes,
      more,
      answer: percent(leastMoved(nodes, more)),
      modulo: percent(moduloMoved(nodes, more)),
    }
  },
  'ring-one-less': (random) => {
    const nodes = 4 + random.below(17)
    const less = nodes - 1
    return {
      nodes,
      less,
      answer: percent(leastMoved(nodes, less)),
      modulo: percent(moduloMoved(nodes, less)),
    }
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
  'vnodes-spread': (random) => {
    const [nodes, vnodes] = [3 + random.below(4), 10 * (2 + random.below(9))]
    const spread = 100 * expectedSpread(nodes, vnodes, 10_000)
    return { nodes, vnodes, answer: spread.toFixed(1), linear: (100 / vnodes).toFixed(1) }
  },
  'vnodes-points': (random) => {
    const [nodes, vnodes] = [3 + random.below(6), 5 * (2 + random.below(9))]
    return { nodes, vnodes, points: nodes * vnodes }
  },
  'vnodes-one': (random) => {
    const nodes = 4 + random.below(5)
    const spread = 100 * expectedSpread(nodes, 1, 10_000)
    return { nodes, answer: spread.toFixed(0), equal: percent(1 / nodes) }
  },
  weight: (random) => {
    const weight = 2 + random.below(4)
    const total = weight + 2
    return {
      weight,
      total,
      answer: percent(weight / total),
      equal: percent(1 / 3),
      ratio: percent(weight / (weight + 1)),
    }
  },
  'copies-survive': (random) => {
    const replicas = 2 + random.below(4)
    return { replicas, survived: replicas - 1, nodes: replicas + 2, others: replicas + 1 }
  },
  'write-amplification': (random) => {
    const [replicas, writes] = [2 + random.below(3), 100 * (1 + random.below(9))]
    return { replicas, writes, copies: replicas * writes, nodes: replicas + 1 }
  },
  messages: (random) => {
    const replicas = 2 + random.below(4)
    return { replicas, messages: 2 * replicas, nodes: replicas + 1, chain: replicas + 1 }
  },
  hops: (random) => {
    const nodes = 4 + random.below(5)
    return { nodes, answer: (1 + 1 / nodes).toFixed(2), both: (1 + 2 / nodes).toFixed(2) }
  },
  quorum: (random) => {
    const replicas = 3 + 2 * random.below(2)
    const writes = 1 + random.below(replicas - 1)
    return { replicas, writes, reads: replicas - writes + 1, rest: replicas - writes, nodes: replicas + 1 }
  },
  'lru-leaves': (random) => requestsUnder('lru', random),
  'lfu-leaves': (random) => requestsUnder('lfu', random),
  'fifo-leaves': (random) => requestsUnder('fifo', random),
  'count-hits': (random) => requestsUnder('lru', random),
  'uniform-ratio': (random) => {
    const [keys, capacity] = [1000, [50, 100, 150, 250, 300, 350, 400][random.below(7)]]
    return { keys, capacity, answer: (100 * capacity) / keys, misses: 100 - (100 * capacity) / keys }
  },
  loop: (random) => {
    const capacity = 10 * (2 + random.below(8))
    const share = percent(capacity / (capacity + 1))
    return { capacity, keys: capacity + 1, share, requests: 20 * (capacity + 1) }
  },
  'top-share': (random) => {
    const top = 10 * (1 + random.below(5))
    const share = 100 * topShare(1000, top, exponentForSkew(1000, 0.2, 0.8))
    return {
      top,
      share: share.toFixed(1),
      answer: Math.round(share),
      uniform: top / 10,
      linear: (80 * top) / 200,
    }
  },
  'zipf-rank': (random) => {
    const rank = [3, 5, 10][random.below(3)]
    return { rank, answer: percent(1 / rank), squared: percent(1 / rank ** 2) }
  },
  'static-best': (random) => {
    const capacity = 50 * (1 + random.below(5))
    const share = 100 * topShare(1000, capacity, exponentForSkew(1000, 0.2, 0.8))
    return { capacity, answer: share.toFixed(1), uniform: capacity / 10 }
  },
}
