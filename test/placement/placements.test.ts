import keySlotPeer from 'cluster-key-slot'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import {
  BoundedRing,
  createPlacement,
  HashRing,
  HashSlots,
  JumpHash,
  keySlot,
  Maglev,
  nodeNames,
  type PlacementName,
  placementNames,
  Rendezvous,
  SLOTS,
} from '../../src/placement/index.js'
import { jumpHash } from '../../src/placement/jump.js'
import { keysDeviation } from '../../src/stats/ring-theory.js'
import redisSlots from '../fixtures/redis-key-slots.json' with { type: 'json' }

const keys = Array.from({ length: 10_000 }, (_, i) => `key-${i}`)

function create(name: PlacementName, nodes: readonly string[]) {
  return createPlacement(name, nodes, {
    vnodes: 150,
    hash: hashFunctions.md5,
    seed: undefined,
    keys: keys.length,
    loadFactor: 1.25,
  })
}

/** Points of each of four nodes on those placements that are rings. */
const ringPoints: Partial<Record<PlacementName, number>> = {
  ...{ ring: 150, bounded: 150, libmemcached: 160, nginx: 160, haproxy: 16, envoy: 256 },
}

function loads(owners: readonly string[]): number[] {
  const counts = new Map<string, number>()
  for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  return [...counts.values()]
}

describe.each(placementNames)('%s', (name) => {
  test('replicas are distinct nodes and begin with the owner', () => {
    const placement = create(name, nodeNames(5))
    for (const key of keys.slice(0, 200)) {
      const replicas = placement.replicas(key, 3)
      expect(replicas[0]).toBe(placement.locate(key))
      expect(new Set(replicas).size).toBe(3)
      expect(placement.replicas(key, 9).sort()).toEqual(nodeNames(5))
    }
  })

  test('one node has everything, and is the last that can’t go', () => {
    const placement = create(name, ['only'])
    expect(keys.every((key) => placement.locate(key) === 'only')).toBe(true)
    expect(() => placement.remove('only')).toThrow('only node')
  })

  test('a node is there once, and must be there to go', () => {
    const placement = create(name, ['a', 'b'])
    expect(() => placement.add('a')).toThrow('node "a" is named twice')
    expect(() => placement.remove('c')).toThrow('no node "c"')
    expect(() => create(name, [])).toThrow('at least one node')
  })

  test('shares are as even as theory allows', () => {
    const placement = create(name, nodeNames(4))
    const counts = new Uint32Array(4)
    for (const key of keys) counts[placement.place(hashText(placement.hash.hash, key))]++
    // Five standard deviations of a Dirichlet-multinomial share on a ring, or of a multinomial one otherwise.
    const points = ringPoints[name]
    const limit = 5 * keysDeviation(points ?? 0.25, points ? 4 * points : Infinity, keys.length)
    for (const count of counts) expect(Math.abs(count / 2500 - 1)).toBeLessThan(limit)
  })
})

describe.each(['modulo', 'ring', 'rendezvous', 'maglev', 'bounded'] as const)('%s', (name) => {
  test('leaves no trace of the order in which nodes came and went', () => {
    const one = create(name, ['node-A', 'node-B', 'node-C'])
    const other = create(name, ['node-C', 'x', 'node-A'])
    other.add('node-B')
    other.remove('x')
    one.add('y')
    one.remove('y')
    expect(other.nodes).toEqual(one.nodes)
    expect(keys.map((key) => other.locate(key))).toEqual(keys.map((key) => one.locate(key)))
  })
})

describe.each(['ring', 'rendezvous', 'slots', 'nginx', 'haproxy'] as const)('%s', (name) => {
  test('moves keys only to a new node, and only those of one that leaves', () => {
    const placement = create(name, nodeNames(4))
    const before = keys.map((key) => placement.locate(key))
    placement.add('node-E')
    const between = keys.map((key) => placement.locate(key))
    for (const [i, node] of between.entries()) if (node !== before[i]) expect(node).toBe('node-E')
    placement.remove('node-B')
    for (const [i, key] of keys.entries()) {
      if (placement.locate(key) !== between[i]) expect(between[i]).toBe('node-B')
    }
  })
})

describe('jump', () => {
  test.each([
    [1, 1, 0],
    [42, 57, 43],
    [0xdead10cc, 1, 0],
    [0xdead10cc, 666, 361],
    [256, 1024, 520],
  ])('key %i in %i buckets goes to %i, as other implementations have it', (key, buckets, bucket) => {
    expect(jumpHash(key, buckets)).toBe(bucket)
  })

  test('the same bucket as the paper’s program', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 100_000 }), (key, buckets) => {
        expect(jumpHash(key, buckets)).toBe(jumpReference(BigInt(key), buckets))
      }),
    )
  })

  test('the same bucket where the low half of the product carries to the high one', () => {
    // The key whose product with the multiplier ends with 32 ones, so that adding 1 carries.
    const multiplier = 2862933555777941757n
    let inverse = 1n
    for (let i = 0; i < 5; i++) inverse = BigInt.asUintN(32, inverse * (2n - multiplier * inverse))
    const key = BigInt.asUintN(32, -inverse)
    expect(BigInt.asUintN(32, key * multiplier + 1n)).toBe(0n)
    for (const buckets of [2, 100, 10_000, 1_000_000]) {
      expect(jumpHash(Number(key), buckets)).toBe(jumpReference(key, buckets))
    }
  })

  test('only the last node can go, and the message says which', () => {
    const placement = new JumpHash(['a', 'b', 'c'])
    expect(() => placement.remove('a')).toThrow('jump can remove only its last node, "c", not "a"')
    placement.remove('c')
    expect(placement.nodes).toEqual(['a', 'b'])
  })

  test('a new bucket takes keys from all and nothing moves between old ones', () => {
    for (let key = 0; key < 5000; key++) {
      const before = jumpHash(key * 858_993, 10)
      const after = jumpHash(key * 858_993, 11)
      if (after !== before) expect(after).toBe(10)
    }
  })
})

/** The program in the paper's figure 1, on big integers. */
function jumpReference(start: bigint, buckets: number): number {
  let key = start
  let b = -1
  let j = 0
  while (j < buckets) {
    b = j
    key = BigInt.asUintN(64, key * 2862933555777941757n + 1n)
    j = Math.floor((b + 1) * (2 ** 31 / (Number(key >> 33n) + 1)))
  }
  return b
}

describe('rendezvous', () => {
  test('replicas are the order in which nodes would take over', () => {
    const placement = new Rendezvous(nodeNames(5))
    for (const key of keys.slice(0, 100)) {
      const [owner, next] = placement.replicas(key, 2)
      const without = new Rendezvous(nodeNames(5).filter((node) => node !== owner))
      expect(without.locate(key)).toBe(next)
    }
  })
})

describe('maglev', () => {
  test('the table is full, and nodes differ by one entry at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom(101, 251, 997), (count, tableSize) => {
        const { table } = new Maglev(nodeNames(count), { tableSize })
        const entries = new Array<number>(count).fill(0)
        for (const node of table) entries[node]++
        expect(entries.reduce((a, b) => a + b)).toBe(tableSize)
        expect(Math.max(...entries) - Math.min(...entries)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('refuses a table that is no prime, and more nodes than entries', () => {
    expect(() => new Maglev(['a'], { tableSize: 100 })).toThrow('prime')
    expect(() => new Maglev(nodeNames(8), { tableSize: 7 })).toThrow('at most')
  })

  test('a change of nodes moves little more than it must', () => {
    const placement = new Maglev(nodeNames(10))
    const before = placement.table.slice()
    placement.remove('node-J')
    const moved = before.filter((node, i) => node !== 9 && node !== placement.table[i]).length
    // The paper's figure 11 shows a few percent for tables a hundred times larger than the number of nodes.
    expect(moved / before.length).toBeLessThan(0.03)
  })
})

describe('bounded', () => {
  test('no node ever has more than its bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (count, total, vnodes, loadFactor) => {
          const ring = new BoundedRing(nodeNames(count), { keys: total, vnodes, loadFactor })
          expect(ring.bound).toBe(Math.ceil((loadFactor * total) / count))
          const held = new Uint32Array(count)
          for (let i = 0; i < total; i++) held[ring.place(hashText(hashFunctions.md5.hash, `k${i}`))]++
          expect(Math.max(...held)).toBeLessThanOrEqual(ring.bound)
        },
      ),
    )
  })

  test('without virtual nodes, how many keys each node holds does not depend on their order', () => {
    const place = (list: readonly string[]) => {
      const ring = new BoundedRing(nodeNames(5), { keys: list.length, vnodes: 1, loadFactor: 1.1 })
      const held = new Uint32Array(5)
      for (const key of list) held[ring.place(hashText(hashFunctions.md5.hash, key))]++
      return held
    }
    expect(place(keys)).toEqual(place([...keys].reverse()))
  })

  test('with room for all it is the plain ring', () => {
    const ring = new HashRing(nodeNames(3))
    const bounded = new BoundedRing(nodeNames(3), { keys: keys.length, loadFactor: 3 })
    const positions = keys.map((key) => hashText(hashFunctions.md5.hash, key))
    expect(positions.map((at) => bounded.place(at))).toEqual(positions.map((at) => ring.owner(at)))
  })

  test('more keys than were announced are refused once all nodes are full', () => {
    const ring = new BoundedRing(['a', 'b'], { keys: 2, loadFactor: 1 })
    ring.place(1)
    ring.place(2)
    expect(() => ring.place(3)).toThrow('more than the 2 keys announced')
    expect(() => new BoundedRing(['a'], { keys: 1, loadFactor: 0.9 })).toThrow('at least 1')
  })
})

describe('slots', () => {
  test('slots of keys as a real server gives them', () => {
    for (const [key, slot] of redisSlots as [string, number][]) expect(hashText(keySlot, key)).toBe(slot)
  })

  test('hash tags as another client reads them', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', 'a', 'é'), maxLength: 12 }), (key) => {
        // The peer takes what follows an empty tag for a tag; Redis takes the whole key.
        fc.pre(!/^[^{]*\{\}/.test(key))
        expect(hashText(keySlot, key)).toBe(keySlotPeer(key))
      }),
    )
  })

  test.each(['{}', '{}}', 'a{}{b}', '{}{'])('an empty tag is none: %s', (key) => {
    expect(hashText(keySlot, key)).toBe(hashText(hashFunctions.crc16.hash, key) % SLOTS)
  })

  test('three masters get the ranges that redis-cli gives them', () => {
    const { slots } = new HashSlots(['a', 'b', 'c'])
    expect([slots.indexOf(1), slots.indexOf(2)]).toEqual([5461, 10_923])
  })

  test('1000 keys on three masters fall as on a real cluster', () => {
    const placement = new HashSlots(['a', 'b', 'c'])
    expect(loads(keys.slice(0, 1000).map((key) => placement.locate(key))).sort()).toEqual([324, 333, 343])
  })

  test('a fourth master gets 1366 + 1365 + 1365 slots, the fewest that even out', () => {
    const placement = new HashSlots(['a', 'b', 'c'])
    const before = placement.slots.slice()
    placement.add('d')
    const given = [0, 1, 2].map(
      (node) => before.filter((owner, i) => owner === node && placement.slots[i] === 3).length,
    )
    expect(given).toEqual([1365, 1366, 1365])
    expect(before.filter((owner, i) => owner !== placement.slots[i])).toHaveLength(4096)
  })

  test('whatever happens, nodes differ by at most one slot and no slot moves without need', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 7 }), { maxLength: 12 }), (changes) => {
        const placement = new HashSlots(['n0'])
        for (const change of changes) {
          const name = `n${change}`
          const before = placement.slots.map((owner) => Number(placement.nodes[owner].slice(1)))
          const there = placement.nodes.includes(name)
          if (there && placement.nodes.length === 1) continue
          const held = before.filter((owner) => owner === change).length
          if (there) placement.remove(name)
          else placement.add(name)
          const after = placement.slots.map((owner) => Number(placement.nodes[owner].slice(1)))
          const sizes = loads(Array.from(after, String))
          expect(sizes).toHaveLength(placement.nodes.length)
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
          const moved = after.filter((owner, i) => owner !== before[i]).length
          expect(moved).toBe(there ? held : after.filter((owner) => owner === change).length)
        }
      }),
      { numRuns: 30 },
    )
    expect(SLOTS).toBe(16_384)
  })

  test('more nodes than slots are refused', () => {
    expect(() => new HashSlots(nodeNames(16_385))).toThrow('16384 slots')
  })
})
