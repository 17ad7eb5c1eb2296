import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashFunctions, hashText } from '../../src/hashing/index.js'
import {
  createPlacement,
  HashRing,
  keyHash,
  Maglev,
  nodeNames,
  type PlacementName,
  type PlacementOptions,
  placementNames,
  placements,
  Rendezvous,
} from '../../src/placement/index.js'

const keys = Array.from({ length: 500 }, (_, i) => `key-${i}`)
const nodes = nodeNames(5)
const options: PlacementOptions = {
  vnodes: 20,
  hash: hashFunctions.md5,
  seed: undefined,
  keys: keys.length,
  loadFactor: 1.25,
}

/** Who gets each key, when they are placed one after the other. */
function placed(name: (typeof placementNames)[number], changed: Partial<PlacementOptions> = {}): string[] {
  const placement = createPlacement(name, nodes, { ...options, ...changed })
  return keys.map((key) => placement.nodes[placement.place(hashText(placement.hash.hash, key))])
}

/** Placements with a hash of their own. */
const own: Partial<Record<PlacementName, string>> = {
  ...{ slots: 'crc16', libmemcached: 'md5-le', nginx: 'crc32', haproxy: 'sdbm-avalanche', envoy: 'xxh64' },
}

describe.each(placementNames)('%s', (name) => {
  test.each([
    ['vnodes', { vnodes: 21 }],
    ['hash', { hash: hashFunctions.murmur3 }],
    ['seed', { seed: 0 }],
    ['seed', { seed: 7 }],
    ['loadFactor', { loadFactor: 1 }],
    ['weights', { weights: { 'node-B': 4 } }],
    ['hashType', { hashType: 'djb2' }],
  ] as const)('another %s changes who gets a key, if it is an option that it uses', (option, changed) => {
    const uses: readonly string[] = placements[name].uses
    const same = placed(name).join() === placed(name, changed).join()
    expect(same).toBe(!uses.includes(option))
  })

  test('two seeds are two placements', () => {
    const differ = placed(name, { seed: 1 }).join() !== placed(name, { seed: 2 }).join()
    expect(differ).toBe((placements[name].uses as readonly string[]).includes('seed'))
  })

  test('every fact says something', () => {
    const { lookup, limits, paper, rule } = placements[name]
    for (const text of [lookup, limits, paper]) expect(text).toMatch(/\w/)
    expect(rule).toMatch(/\w\.$/)
  })

  test('a key is hashed as it says', () => {
    const placement = createPlacement(name, nodes, { ...options, hash: hashFunctions.fnv1a })
    expect(placement.hash).toBe(keyHash(name, hashFunctions.fnv1a, [3]))
    expect(keyHash(name, hashFunctions.fnv1a, [3]).name).toBe(own[name] ?? 'fnv1a')
  })
})

test.each(['modulo', 'ring', 'rendezvous', 'maglev', 'bounded'] as const)(
  '%s numbers nodes by their names',
  (name) => {
    const mixed = ['node-10', 'b', 'node-9', 'a']
    expect(createPlacement(name, mixed, options).nodes).toEqual(['a', 'b', 'node-9', 'node-10'])
  },
)

describe('where keys go, as a program in Python from the papers has it (MD5, five nodes)', () => {
  const initials = (names: readonly string[]) => names.map((name) => name.slice(-1)).join('')
  const some = keys.slice(0, 12)

  test.each([
    [undefined, 'ECA AEB CDE DEB DCA ADC ADC DAE CBE CAE EDA CEB'],
    [7, 'CEA EBC ADE DAB EDA DBC DEC BEC BCE BDC EBD BAE'],
  ])('rendezvous, seed %s', (seed, replicas) => {
    const placement = new Rendezvous(nodes, { seed })
    expect(some.map((key) => initials(placement.replicas(key, 3))).join(' ')).toBe(replicas)
    expect(initials(some.map((key) => placement.locate(key)))).toBe(replicas.replaceAll(/(\w)\w\w ?/g, '$1'))
  })

  test.each([
    [undefined, 'EDCBBACEABBE', 'BACBCBCBCAAAA'],
    [7, 'CADCAABDBACE', 'AACAABCABCCBB'],
  ])('maglev, seed %s', (seed, owners, table) => {
    expect(initials(some.map((key) => new Maglev(nodes, { seed }).locate(key)))).toBe(owners)
    const small = new Maglev(nodes.slice(0, 3), { seed, tableSize: 13 })
    expect(initials(Array.from(small.table, (node) => small.nodes[node]))).toBe(table)
  })

  test.each([
    [undefined, 'ADE CEB ECD BDE ADB AEB EDA BAC BAC EDA CAE DEA'],
    [7, 'EDB BED DBC ABD EDB DCE ABC EBA BAC EBC CBD ACB'],
  ])('ring, seed %s', (seed, replicas) => {
    const placement = new HashRing(nodes, { seed })
    expect(some.map((key) => initials(placement.replicas(key, 3))).join(' ')).toBe(replicas)
  })
})

/** The pseudo-code of the paper, with a permutation a node; `hash` is the low half of MD5 as everywhere. */
function maglevTable(names: readonly string[], size: number, salt: string): number[] {
  const hash = (text: string) => createHash('md5').update(`${salt}${text}`).digest().readUInt32BE(12)
  const permutations = names.map((name) => {
    const offset = hash(`${name}#offset`) % size
    const skip = (hash(`${name}#skip`) % (size - 1)) + 1
    return Array.from({ length: size }, (_, j) => (offset + j * skip) % size)
  })
  const table: number[] = Array(size).fill(-1)
  for (let filled = 0; filled < size; filled++) {
    const node = filled % names.length
    table[permutations[node].find((entry) => table[entry] < 0)!] = node
  }
  return table
}

describe('maglev', () => {
  test('fills its table as the paper does, and copies lie with the entries that follow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(7, 13, 101),
        fc.option(fc.nat({ max: 99 }), { nil: undefined }),
        fc.nat({ max: 2 ** 32 - 1 }),
        (count, tableSize, seed, position) => {
          const maglev = new Maglev(nodeNames(count), { tableSize, seed })
          const table = maglevTable(nodeNames(count), tableSize, seed === undefined ? '' : `${seed}/`)
          expect(Array.from(maglev.table)).toEqual(table)
          const at = position % tableSize
          const around = [...table.slice(at), ...table.slice(0, at)]
          expect(maglev.owners(position, 3)).toEqual([...new Set(around)].slice(0, 3))
        },
      ),
    )
  })

  test('a table size is a prime number', () => {
    for (const tableSize of [2, 3, 5, 251])
      expect(new Maglev(['a', 'b'], { tableSize }).table).toHaveLength(tableSize)
    for (const tableSize of [-7, 0, 1, 2.5, 4, 9, 25, 77]) {
      expect(() => new Maglev(['a'], { tableSize })).toThrow(`prime number, got ${tableSize}`)
    }
  })
})
