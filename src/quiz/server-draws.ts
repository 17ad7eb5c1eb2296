import { hashText } from '../hashing/index.js'
import { classOf, itemSize, slabClasses } from '../memcached/slab-classes.js'
import { keySlot, SLOTS } from '../placement/slots.js'
import type { Random } from '../random/random.js'
import { leastMoved, moduloMoved } from '../stats/ring-theory.js'
import { type Drawn, percent } from './drawn.js'

const majorityOf = (count: number) => Math.floor(count / 2) + 1

/** Bytes of a page of memcached. */
const PAGE = 1 << 20

/** Values from 100 bytes to 2 kB under keys of 30 bytes, and the slab class that their items go to, of which each wastes some. */
function item(random: Random) {
  for (;;) {
    const [value, key] = [100 + 10 * random.below(190), 30]
    const size = itemSize(key, value)
    const slab = classOf(slabClasses(1.25), size)!
    if (size < slab.size * 0.97) return { value, key, size, slab }
  }
}

/** A few servers and their names, as memcached's clients are given them. */
function servers(random: Random) {
  const nodes = 3 + random.below(5)
  return {
    nodes,
    left: nodes - 1,
    hosts: Array.from({ length: nodes }, (_, i) => `10.0.1.${i + 1}`).join(','),
  }
}

/** What draws the values of the questions on Redis and memcached. */
export const serverDraws: Readonly<Record<string, (random: Random) => Drawn>> = {
  slot: (random) => {
    const user = random.below(10_000)
    const [slot, whole] = [hashText(keySlot, `user:${user}`), hashText(keySlot, `orders:user:${user}`)]
    return { user, slot, whole }
  },
  'slots-a-node': (random) => {
    const nodes = [8, 16, 32, 64][random.below(4)]
    return { nodes, answer: SLOTS / nodes, all: SLOTS, twoToTheSixteen: 65_536 / nodes }
  },
  'cluster-slots-moved': (random) => {
    const masters = 3 + random.below(6)
    const more = masters + 1
    const modulo = Math.round(SLOTS * moduloMoved(masters, more))
    return { masters, more, answer: Math.floor(SLOTS / more), before: Math.floor(SLOTS / masters), modulo }
  },
  'cluster-majority': (random) => {
    const masters = 3 + random.below(7)
    const majority = majorityOf(masters)
    return { masters, majority, answer: masters - majority, others: masters - 1 }
  },
  'cluster-processes': (random) => {
    const [masters, replicas] = [3 + random.below(6), 1 + random.below(3)]
    return {
      masters,
      replicas,
      answer: masters * (1 + replicas),
      added: masters + replicas,
      only: masters * replicas,
    }
  },
  everysec: (random) => {
    const rate = 500 * (1 + random.below(8))
    return { rate, answer: rate / 2 }
  },
  'rdb-mean': (random) => {
    const seconds = 20 + 10 * random.below(5)
    return { seconds, period: seconds + 2, answer: seconds / 2 + 3, duration: 4 * seconds + 10 }
  },
  'rdb-worst': (random) => {
    const seconds = 20 + 10 * random.below(5)
    return { seconds, answer: 1000 * (seconds + 4), half: 500 * seconds, duration: 4 * seconds + 10 }
  },
  'lrange-end': (random) => {
    const last = 4 + random.below(20)
    return { last, answer: last + 1, items: 'x '.repeat(30).trim() }
  },
  'ltrim-length': (random) => {
    const keep = 2 + random.below(4)
    const pushed = keep + 2 + random.below(4)
    const items = Array.from({ length: pushed }, (_, i) => `p${i + 1}`).join(' ')
    return { last: keep - 1, keep, pushed, items }
  },
  'sadd-again': (random) => {
    const [old, fresh] = [1 + random.below(3), 1 + random.below(4)]
    const names = Array.from({ length: old + fresh }, (_, i) => `p${i + 1}`)
    return { before: names.slice(0, old).join(' '), names: names.join(' '), old, fresh, all: old + fresh }
  },
  'zincrby-score': (random) => {
    const [points, more] = [100 + random.below(400), 10 + random.below(80)]
    return { points, more, sum: points + more }
  },
  'sinter-count': (random) => {
    const [common, onlyA, onlyB] = [2 + random.below(4), 1 + random.below(3), 1 + random.below(3)]
    const names = (letter: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${letter}${i + 1}`)
    const both = names('x', common)
    const [a, b] = [
      [...both, ...names('a', onlyA)],
      [...both, ...names('b', onlyB)],
    ]
    return { a: a.join(' '), b: b.join(' '), common, union: common + onlyA + onlyB }
  },
  'exec-incr': (random) => {
    const [start, one, two] = [10 + random.below(90), 2 + random.below(8), 11 + random.below(9)]
    return { start, one, two, sum: start + one + two, last: start + two }
  },
  'exec-no-rollback': (random) => {
    const [start, one, two] = [10 + random.below(90), 2 + random.below(8), 11 + random.below(9)]
    return { start, one, two, sum: start + one + two, half: start + one }
  },
  'lost-increments': (random) => {
    const [clients, start] = [3 + random.below(4), 10 + random.below(90)]
    const gets = 'GET n\\n'.repeat(clients)
    const sets = `SET n ${start + 1}\\n`.repeat(clients)
    return {
      clients,
      start,
      answer: start + 1,
      sum: start + clients,
      script: `SET n ${start}\\n${gets}${sets}GET n\\n`,
    }
  },
  'lock-time': (random) => ({ seconds: 10 + random.below(50) }),
  'sentinel-dead': (random) => {
    const sentinels = 3 + random.below(5)
    const majority = majorityOf(sentinels)
    return { sentinels, majority, answer: sentinels - majority, others: sentinels - 1 }
  },
  'sentinel-capacity': (random) => {
    const [memory, replicas] = [8 * (1 + random.below(8)), 2 + random.below(3)]
    return { memory, replicas, usable: memory * 0.75, all: memory * (replicas + 1), more: memory * 2 }
  },
  'sentinel-down': (random) => {
    const [killed, patience] = [1000, 100 * (6 + random.below(20))]
    return {
      killed,
      patience,
      answer: killed + patience,
      twice: killed + 2 * patience,
      end: killed + patience + 3000,
    }
  },
  'sentinel-lag-loss': (random) => {
    const [rate, lag] = [500 * (2 + random.below(3)), 40 + 20 * random.below(4)]
    return { rate, lag, answer: (rate * lag) / 1000 }
  },
  'cluster-masters-for-data': (random) => {
    const [memory, times] = [16 * (1 + random.below(4)), 4 + random.below(6)]
    const data = memory * times
    return { memory, data, usable: memory * 0.75, answer: Math.ceil(data / (memory * 0.75)), full: times }
  },
  'slab-class': (random) => {
    const { value, key, size, slab } = item(random)
    return { value, key, answer: slab.size, size }
  },
  'slab-page': (random) => {
    const { value, key, size, slab } = item(random)
    return { value, key, chunk: slab.size, answer: slab.perPage, whole: Math.floor(PAGE / size), size }
  },
  'eject-modulo': (random) => {
    const drawn = servers(random)
    const share = leastMoved(drawn.nodes, drawn.left)
    return { ...drawn, answer: percent(moduloMoved(drawn.nodes, drawn.left)), least: percent(share) }
  },
  'eject-ketama': (random) => {
    const drawn = servers(random)
    const modulo = percent(moduloMoved(drawn.nodes, drawn.left))
    return { ...drawn, answer: percent(leastMoved(drawn.nodes, drawn.left)), modulo }
  },
}
