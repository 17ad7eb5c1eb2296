import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import { compareNames, HashRing, nodeNames, type RingOptions } from '../../src/placement/index.js'
import demo from '../fixtures/lesson-demo-ring.json' with { type: 'json' }

const keys = Array.from({ length: 10_000 }, (_, i) => `key-${i}`)

function counts(ring: HashRing, list = keys): Record<string, number> {
  const result: Record<string, number> = {}
  for (const key of list) result[ring.locate(key)] = (result[ring.locate(key)] ?? 0) + 1
  return result
}

describe('the lesson’s demo', () => {
  test('keys per node, with three nodes and with four', () => {
    expect(counts(new HashRing(nodeNames(3)))).toEqual(demo['3x150'])
    expect(counts(new HashRing(nodeNames(4)))).toEqual(demo['4x150'])
  })

  test('where the sample keys go', () => {
    const ring = new HashRing(nodeNames(3))
    for (const [key, node] of Object.entries(demo.route)) expect(ring.locate(key)).toBe(node)
  })

  test('keys that move when node-D joins', () => {
    const ring = new HashRing(nodeNames(3))
    const before = keys.map((key) => ring.locate(key))
    ring.add('node-D')
    const moved = keys.filter((key, i) => ring.locate(key) !== before[i])
    expect(moved).toHaveLength(demo.moved_add_D)
    expect(new Set(moved.map((key) => ring.locate(key)))).toEqual(new Set(['node-D']))
  })
})

/** The rule in words, without anything fast: all points sorted, then a scan for the first greater position. */
function scan(nodes: readonly string[], vnodes: number, key: string, count: number, salt = ''): string[] {
  const position = (text: string) => createHash('md5').update(text).digest().readUInt32BE(12)
  const points = nodes
    .flatMap((node) =>
      Array.from({ length: vnodes }, (_, i) => ({ node, at: position(`${salt}${node}#v${i}`) })),
    )
    .sort((a, b) => a.at - b.at || compareNames(a.node, b.node))
  const first = points.findIndex((point) => point.at > position(key))
  const around = [...points.slice(Math.max(first, 0)), ...points.slice(0, Math.max(first, 0))]
  return [...new Set(around.map((point) => point.node))].slice(0, count)
}

const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 6,
})

describe('properties', () => {
  test('owners and replicas are those of a linear scan', () => {
    fc.assert(
      fc.property(
        names,
        fc.integer({ min: 1, max: 30 }),
        fc.string(),
        fc.integer({ min: 1, max: 7 }),
        (nodes, vnodes, key, count) => {
          const ring = new HashRing(nodes, { vnodes })
          expect(ring.replicas(key, count)).toEqual(scan(nodes, vnodes, key, count))
          expect(ring.locate(key)).toBe(scan(nodes, vnodes, key, 1)[0])
        },
      ),
    )
  })

  test('a seed is a prefix of every label', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (seed, key) => {
        const ring = new HashRing(nodeNames(3), { vnodes: 5, seed })
        expect(ring.replicas(key, 3)).toEqual(scan(nodeNames(3), 5, key, 3, `${seed}/`))
      }),
    )
  })

  test('no order of building, adding and removing leaves a trace', () => {
    fc.assert(
      fc.property(
        names,
        fc.array(fc.nat({ max: 5 })),
        fc.constantFrom(...Object.values(hashFunctions)),
        (nodes, changes, hash) => {
          const options: RingOptions = { vnodes: 7, hash }
          const ring = new HashRing([nodes[0]], options)
          const there = new Set([nodes[0]])
          for (const change of changes) {
            const node = nodes[change % nodes.length]
            if (there.has(node) && there.size === 1) continue
            if (there.has(node)) ring.remove(node)
            else ring.add(node)
            if (!there.delete(node)) there.add(node)
          }
          const fresh = new HashRing([...there].reverse(), options)
          expect(ring.nodes).toEqual(fresh.nodes)
          expect(ring.layout.positions).toEqual(fresh.layout.positions)
          expect(ring.layout.owners).toEqual(fresh.layout.owners)
        },
      ),
    )
  })

  test('adding moves keys only to the new node, removing only its own', () => {
    fc.assert(
      fc.property(names, fc.array(fc.string(), { maxLength: 40 }), (nodes, list) => {
        fc.pre(!nodes.includes('newcomer'))
        const ring = new HashRing(nodes, { vnodes: 10 })
        const before = list.map((key) => ring.locate(key))
        ring.add('newcomer')
        const between = list.map((key) => ring.locate(key))
        for (const [i, node] of between.entries()) if (node !== before[i]) expect(node).toBe('newcomer')
        ring.remove('newcomer')
        expect(list.map((key) => ring.locate(key))).toEqual(before)
      }),
    )
  })

  test('replicas are distinct, begin with the owner, and are all nodes at the most', () => {
    fc.assert(
      fc.property(names, fc.string(), fc.integer({ min: 1, max: 10 }), (nodes, key, count) => {
        const replicas = new HashRing(nodes, { vnodes: 3 }).replicas(key, count)
        expect(replicas[0]).toBe(new HashRing(nodes, { vnodes: 3 }).locate(key))
        expect(new Set(replicas).size).toBe(replicas.length)
        expect(replicas).toHaveLength(Math.min(count, nodes.length))
      }),
    )
  })
})

test('points that collide belong to the same node whoever came first', () => {
  // More points than the 65,536 positions of a 16-bit hash: some must collide.
  const options = { vnodes: 30_000, hash: hashFunctions.crc16 }
  const one = new HashRing(['b', 'a', 'c'], options)
  const other = new HashRing(['c', 'b', 'a'], options)
  const { positions } = one.layout
  expect(positions.some((position, i) => i > 0 && position === positions[i - 1])).toBe(true)
  expect(one.layout.owners).toEqual(other.layout.owners)
  for (let i = 0; i < 65_536; i++) expect(one.owner(i)).toBe(other.owner(i))
})

test('a key exactly on a point belongs to the next one', () => {
  const ring = new HashRing(nodeNames(2), { vnodes: 3 })
  const { positions, owners } = ring.layout
  for (let i = 0; i < positions.length; i++)
    expect(ring.owner(positions[i])).toBe(owners[(i + 1) % positions.length])
  expect(ring.owner(2 ** 32 - 1)).toBe(owners[0])
})

test('the virtual node of a key is the label that stands there', () => {
  const ring = new HashRing(nodeNames(3), { seed: 4 })
  for (const key of keys.slice(0, 50)) {
    const label = ring.pointOf(key)
    expect(label).toMatch(/^4\/node-[ABC]#v\d+$/)
    const point = ring.layout.positions.indexOf(hashText(hashFunctions.md5.hash, label))
    expect(ring.nodes[ring.layout.owners[point]]).toBe(ring.locate(key))
  }
  const other = new HashRing(['node-A', 'node-B'], { seed: 4, weights: { 'node-B': 3 } })
  ring.remove('node-C')
  ring.remove('node-B')
  ring.add('node-B', 3)
  for (const key of keys.slice(0, 50)) expect(ring.pointOf(key)).toBe(other.pointOf(key))
})

test('a node of weight w has w times the virtual nodes', () => {
  const ring = new HashRing(['large', 'small', 'tiny'], { vnodes: 100, weights: { large: 2, tiny: 0.001 } })
  expect(['large', 'small', 'tiny'].map((name) => ring.virtualNodes(name))).toEqual([200, 100, 1])
  expect(ring.layout.positions).toHaveLength(301)
  ring.add('huge', 3)
  expect(ring.layout.positions).toHaveLength(601)
  const fresh = new HashRing(['huge', 'large', 'small', 'tiny'], {
    vnodes: 100,
    weights: { large: 2, tiny: 0.001, huge: 3 },
  })
  expect(ring.layout.owners).toEqual(fresh.layout.owners)
})

test.each([
  [() => new HashRing([]), 'at least one node'],
  [() => new HashRing(['a', 'a']), 'node "a" is named twice'],
  [() => new HashRing(['a', '']), 'not empty'],
  [() => new HashRing(['a'], { vnodes: 0 }), 'whole number of at least 1, got 0'],
  [() => new HashRing(['a'], { weights: { a: -1 } }), 'weight of "a" must be greater than 0'],
  [() => new HashRing(['a', 'b'], { vnodes: 6_000_000 }), 'at most 10000000, got 12000000'],
  [() => new HashRing(['a']).add('a'), 'node "a" is named twice'],
  [() => new HashRing(['a']).remove('a'), 'the only node'],
  [() => new HashRing(['a', 'b']).remove('c'), 'no node "c" (nodes: a, b)'],
])('refuses what can’t be a ring: %#', (make, message) => {
  expect(make).toThrow(message)
})
