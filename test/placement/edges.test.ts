import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc16 } from '../../src/hashing/crc16.js'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import {
  BoundedRing,
  compareNames,
  GrowingRing,
  HashRing,
  HashSlots,
  JumpHash,
  Maglev,
  Modulo,
  nodeNames,
  Rendezvous,
  SLOTS,
} from '../../src/placement/index.js'
import { jumpHash } from '../../src/placement/jump.js'
import { RingPoints } from '../../src/placement/ring-points.js'

describe.each([
  ['ring', (weights: Record<string, number> = {}) => new HashRing(['a', 'b'], { vnodes: 10, weights })],
  [
    'bounded',
    (weights: Record<string, number> = {}) => new BoundedRing(['a', 'b'], { vnodes: 10, keys: 9, weights }),
  ],
] as const)('%s', (_, create) => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses the weight %s, at first and later',
    (weight) => {
      const message = `the weight of "b" must be greater than 0, got ${weight}`
      expect(() => create({ b: weight })).toThrow(message)
      const ring = create()
      expect(() => ring.add('c', weight)).toThrow(message.replace('b', 'c'))
    },
  )

  test('takes the least weight above 0, as one virtual node', () => {
    expect(create({ b: Number.MIN_VALUE }).layout.positions).toHaveLength(11)
  })

  test('a key exactly on a point belongs to the next point, and the lookup without virtual nodes agrees', () => {
    const ring = create()
    const { positions, owners } = ring.layout
    for (const [i, position] of positions.entries()) {
      const next = (i + 1) % positions.length
      expect(ring.owner(position)).toBe(owners[next])
      expect(ring.owner(positions[next] - 1)).toBe(owners[next])
      expect(ring.owners(position, 2)).toEqual([owners[next], 1 - owners[next]])
    }
  })
})

test.each([
  ['md5', 8],
  ['crc16', 900],
] as const)('the growing ring counts keys that stand on points as a ring does (%s)', (name, vnodes) => {
  const hash = hashFunctions[name]
  const nodes = nodeNames(3)
  const ring = new HashRing(nodes, { vnodes, hash })
  // Every point is a key, and so are both its neighbours and the ends of the circle.
  const points = [...ring.layout.positions].flatMap((at) => [at, at + 1, at - 1])
  const keys = Uint32Array.from(
    [...points, 0, 2 ** hash.bits - 1].filter((at) => at >= 0 && at < 2 ** hash.bits),
  )
  const growing = new GrowingRing(nodes, RingPoints.inOrder(keys.slice().sort(), hash.bits), hash, undefined)
  for (const size of [1, 2, vnodes]) {
    growing.grow(size)
    const fresh = new HashRing(nodes, { vnodes: size, hash })
    const counts = [0, 0, 0]
    for (const key of keys) counts[fresh.owner(key)]++
    expect([...growing.counts()]).toEqual(counts)
  }
  growing.grow(1)
  expect([...growing.counts()].reduce((a, b) => a + b)).toBe(keys.length)
})

test('sorted points are in order, whatever their number and width', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(14, 16, 32),
      fc.constantFrom(1, 2, 100, 4095, 4096, 5000),
      fc.nat(),
      (bits, size, salt) => {
        const positions = Uint32Array.from(
          { length: size },
          (_, i) => hashText(hashFunctions.murmur3.hash, `${salt}-${i}`) >>> (32 - bits),
        )
        const points = RingPoints.sorted(positions, Uint32Array.from(positions.keys()), bits)
        const order = [...positions.keys()].sort((a, b) => positions[a] - positions[b] || a - b)
        expect([...points.owners]).toEqual(order)
        expect([...points.positions]).toEqual(order.map((i) => positions[i]))
        for (let i = 0; i < 20; i++) {
          const at = (positions[i % size] + (i % 3) - 1) >>> 0
          if (at >= 2 ** bits) continue
          const after = points.positions.findIndex((position) => position > at)
          expect(points.after(at)).toBe(Math.max(after, 0))
        }
      },
    ),
    { numRuns: 20 },
  )
})

test('the bytes of the lookup structures', () => {
  const nodes = nodeNames(3)
  expect(new Modulo(nodes).bytes).toBe(0)
  expect(new JumpHash(nodes).bytes).toBe(0)
  expect(new Rendezvous(nodes).bytes).toBe(12)
  expect(new Maglev(nodes).bytes).toBe(4 * 65537)
  expect(new HashSlots(nodes).bytes).toBe(4 * SLOTS)
  // Eight bytes a point, and an index of the next power of two of entries and one.
  const ring = 450 * 8 + 4 * (512 + 1)
  expect(new HashRing(nodes).bytes).toBe(ring)
  expect(new BoundedRing(nodes, { keys: 10 }).bytes).toBe(ring + 12)
  // No more entries than there are positions.
  expect(new HashRing(nodes, { vnodes: 50_000, hash: crc16 }).bytes).toBe(150_000 * 8 + 4 * (65_536 + 1))
})

describe('jump', () => {
  test('copies go where the key jumps when it is hashed again', () => {
    const placement = new JumpHash(nodeNames(9))
    for (let position = 0; position < 50; position++) {
      const found = new Set<number>()
      let attempt = position
      while (found.size < 4) {
        found.add(jumpHash(attempt, 9))
        // MurmurHash3 of no bytes with a seed is its finalizer; here by the formula, in 64 bits.
        let h = BigInt((attempt + 1) % 2 ** 32)
        h = BigInt.asUintN(32, (h ^ (h >> 16n)) * 0x85ebca6bn)
        h = BigInt.asUintN(32, (h ^ (h >> 13n)) * 0xc2b2ae35n)
        attempt = Number(h ^ (h >> 16n))
      }
      expect(placement.owners(position, 4)).toEqual([...found])
    }
  })
})

test.each([
  ['modulo', new Modulo(nodeNames(4))],
  ['slots', new HashSlots(nodeNames(4))],
])('%s: copies lie with the nodes that follow', (_, placement) => {
  for (let position = 0; position < SLOTS; position += 997) {
    const owner = placement.owner(position)
    expect(placement.owners(position, 3)).toEqual([owner, (owner + 1) % 4, (owner + 2) % 4])
  }
})

test('names of one length are compared by their letters, and a name is equal to itself', () => {
  expect([compareNames('ab', 'ac'), compareNames('ac', 'ab'), compareNames('ab', 'ab')]).toEqual([-1, 1, 0])
})

test('bounded: nodes that come and go change the bound and empty the counts', () => {
  const ring = new BoundedRing(['a', 'b'], { keys: 8, loadFactor: 1, vnodes: 10 })
  expect(ring.bound).toBe(4)
  const fill = () =>
    Array.from({ length: 8 }, (_, i) => ring.place(hashText(hashFunctions.md5.hash, `k${i}`)))
  const first = fill()
  expect(() => ring.owner(0)).toThrow('all nodes are full: more than the 8 keys announced were placed')
  ring.add('c')
  expect(ring.bound).toBe(3)
  fill()
  ring.remove('c')
  expect(ring.bound).toBe(4)
  expect(fill()).toEqual(first)
  for (const loadFactor of [0.99, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => new BoundedRing(['a'], { keys: 1, loadFactor })).toThrow(`at least 1, got ${loadFactor}`)
  }
  expect(new BoundedRing(['a', 'b'], { keys: 100 }).bound).toBe(63)
})

test('rendezvous: of nodes that draw the same number the first has the key', () => {
  const constant = { name: 'constant', bits: 32, hash: () => 7, about: '' }
  const placement = new Rendezvous(['c', 'b', 'a'], { hash: constant })
  for (let position = 0; position < 100; position++) {
    expect(placement.owner(position)).toBe(0)
    expect(placement.owners(position, 3)).toEqual([0, 1, 2])
  }
})
