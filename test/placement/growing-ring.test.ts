import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HashName, hashFunctions, hashText } from '../../src/hashing/index.js'
import { GrowingRing, HashRing, nodeNames, RingPoints } from '../../src/placement/index.js'

/** Keys of each node, asked for one by one. */
function counted(ring: HashRing, positions: Uint32Array): number[] {
  const counts = ring.nodes.map(() => 0)
  for (const position of positions) counts[ring.owner(position)]++
  return counts
}

test('at every size it counts what a ring of that size does', () => {
  fc.assert(
    fc.property(
      fc.record({
        nodes: fc.integer({ min: 1, max: 12 }),
        keys: fc.integer({ min: 1, max: 300 }),
        // 16 bits: points meet, and stand on keys.
        hash: fc.constantFrom<HashName>('md5', 'crc16'),
        seed: fc.option(fc.nat(1000), { nil: undefined }),
        sizes: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
      }),
      ({ nodes, keys, hash, seed, sizes }) => {
        const names = nodeNames(nodes).reverse()
        const positions = Uint32Array.from({ length: keys }, (_, i) =>
          hashText(hashFunctions[hash].hash, `key-${i}`),
        )
        const sorted = RingPoints.inOrder(positions.slice().sort(), hashFunctions[hash].bits)
        const growing = new GrowingRing(names, sorted, hashFunctions[hash], seed)
        for (const vnodes of sizes.sort((a, b) => a - b)) {
          growing.grow(vnodes)
          const ring = new HashRing(names, { vnodes, hash: hashFunctions[hash], seed })
          expect([...growing.counts()]).toEqual(counted(ring, positions))
        }
      },
    ),
  )
})

test.each([0, 0xffff])('a point on the only key, at %i, is a whole turn away', (position) => {
  const { crc16 } = hashFunctions
  const labels = Array.from({ length: 200_000 }, (_, i) => `node-${i}`)
  const there = labels.find((name) => hashText(crc16.hash, `${name}#v0`) === position)!
  const names = [there, 'other']
  const growing = new GrowingRing(names, RingPoints.inOrder(Uint32Array.of(position), 16), crc16, undefined)
  growing.grow(1)
  const ring = new HashRing(names, { vnodes: 1, hash: crc16 })
  expect([...growing.counts()]).toEqual(counted(ring, Uint32Array.of(position)))
  expect(ring.nodes[growing.counts().indexOf(1)]).toBe('other')
  const several = Uint32Array.of(0, 1, 20_000, 40_000, 0xfffe, 0xffff)
  const among = new GrowingRing(names, RingPoints.inOrder(several, 16), crc16, undefined)
  among.grow(1)
  expect([...among.counts()]).toEqual(counted(ring, several))
})
