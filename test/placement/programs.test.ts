import { xxhash64 } from 'hash-wasm'
import { describe, expect, test } from 'vitest'
import { xxh64 } from '../../src/hashing/index.js'
import {
  EnvoyRing,
  type HaproxyHashType,
  HaproxyRing,
  Ketama,
  NginxRing,
  type Placement,
} from '../../src/placement/index.js'
import { createRandom } from '../../src/random/random.js'
import envoy from '../fixtures/envoy-rings.json' with { type: 'json' }
import { programs, type RingServer, ringKeys } from '../fixtures/record/programs.mjs'
import recorded from '../fixtures/rings.json' with { type: 'json' }
import { isThorough } from '../layer.js'
import { freePort } from '../redis/ports.js'

type Weights = Record<string, number>
type Program = keyof typeof programs

const create: Record<Program, (names: string[], weights: Weights) => Placement> = {
  libmemcached: (names, weights) => new Ketama(names, weights),
  nginx: (names, weights) => new NginxRing(names, weights),
  haproxy: (names, weights) => new HaproxyRing(names, { weights }),
}
const names = Object.keys(create) as Program[]

function ringOf(program: Program, servers: readonly RingServer[]): Placement {
  const weights = Object.fromEntries(servers.map(({ name, weight }) => [name, weight ?? 1]))
  return create[program](
    servers.map(({ name }) => name),
    weights,
  )
}

/** The index of the first server that isn't dead, of those that have a key. */
function answering(ring: Placement, servers: readonly RingServer[], key: string): number {
  const order = ring
    .replicas(key, servers.length)
    .map((name) => servers.findIndex((one) => one.name === name))
  return order.find((index) => !servers[index].dead)!
}

describe.each(names)('%s, as the program was seen to place keys', (program) => {
  const { rings } = recorded[program]
  const keys = ringKeys(rings[0].owners.length)
  test.each(rings)('$servers', ({ servers: text, owners }) => {
    const servers = text.split(' ').map((one): RingServer => {
      const [, name, weight, dead] = /^(.*?)(?:\*(\d+))?(!?)$/.exec(one)!
      return { name, weight: Number(weight ?? 1), dead: dead === '!' }
    })
    const ring = ringOf(program, servers)
    const found = keys.map((key) => answering(ring, servers, key).toString(36))
    expect(found.join('')).toBe(owners)
  })
})

test.each(recorded.haproxy.hashTypes)(
  'haproxy with hash-type consistent $hashType',
  ({ hashType, owners }) => {
    const nodes = recorded.haproxy.rings[0].servers.split(' ')
    const ring = new HaproxyRing(nodes, { hashType: hashType.replace(' ', '-') as HaproxyHashType })
    const found = ringKeys(owners.length).map((key) => nodes.indexOf(ring.locate(key)).toString(36))
    expect(found.join('')).toBe(owners)
  },
)

test('a server of HAProxy keeps its id when another leaves, and one that joins gets the least free id', () => {
  const ring = new HaproxyRing(['a', 'b', 'c'])
  ring.remove('b')
  ring.add('d')
  const other = new HaproxyRing(['a', 'd', 'c'])
  const keys = ringKeys(200)
  expect(keys.map((key) => ring.locate(key))).toEqual(keys.map((key) => other.locate(key)))
})

const isInstalled = (program: Program) => {
  try {
    return programs[program].version() !== ''
  } catch {
    console.warn(`${program} is not installed: its tests with the program are skipped`)
    return false
  }
}

describe.runIf(isThorough)('the programs themselves', () => {
  const random = createRandom(1, 'rings')
  const draw = (name: (i: number) => string, maxWeight: number): RingServer[] =>
    Array.from({ length: 1 + random.below(12) }, (_, i) => ({
      name: name(i),
      weight: random.below(2) === 0 ? 1 : 1 + random.below(maxWeight),
    }))
  const name = {
    libmemcached: (i: number) => `10.1.${random.below(256)}.${i}:${11_211 + random.below(2)}`,
    nginx: (i: number) =>
      `127.${random.below(256)}.1.${i}${random.below(2) === 0 ? '' : `:${1 + random.below(65_535)}`}`,
    haproxy: (i: number) => `s${i}`,
  }
  test.each(names)('%s', { timeout: 120_000 }, async (program) => {
    if (!isInstalled(program)) return
    const keys = ringKeys(100)
    const rings = Array.from({ length: 8 }, () => draw(name[program], 20))
    const owners = await programs[program].ask(rings, keys, await freePort())
    for (const [i, servers] of rings.entries()) {
      const ring = ringOf(program, servers)
      expect(keys.map((key) => answering(ring, servers, key))).toEqual(owners[i])
    }
  })
})

describe('envoy, as its own tests have it', () => {
  test.each(envoy.rings)(
    '$hosts, at least $minRingSize points',
    ({ hosts, weights, points, minRingSize, maxRingSize }) => {
      const ring = new EnvoyRing(hosts, {
        weights: Object.fromEntries(hosts.map((host, i) => [host, weights?.[i] ?? 1])),
        minRingSize,
        ...(maxRingSize === undefined ? {} : { maxRingSize }),
      })
      expect(ring.pointCounts.reduce((a, b) => a + b)).toBe(points.length)
      const at = points.map(([position]) => BigInt(position))
      for (const [i, [, host]] of points.entries()) {
        const next = points[(i + 1) % points.length][1]
        // A point takes its own position and those before it, back to the point before.
        expect(ring.hostsAt(at[i], 1)).toEqual([host])
        expect(ring.hostsAt(at[i] + 1n, 1)).toEqual([next])
      }
      expect(ring.hostsAt(0n, 1)).toEqual([points[0][1]])
      expect(ring.hostsAt(2n ** 64n - 1n, 1)).toEqual([points[0][1]])
    },
  )

  test.each(envoy.shares)(
    'shares of $hosts by $weights',
    ({ hosts, weights, minRingSize, hashes, counts }) => {
      const ring = new EnvoyRing(hosts, {
        weights: Object.fromEntries(hosts.map((host, i) => [host, weights[i]])),
        minRingSize,
      })
      const found = hosts.map(() => 0)
      const step = (2n ** 64n - 1n) / BigInt(hashes)
      for (let i = 0; i < hashes; i++) found[hosts.indexOf(ring.hostsAt(BigInt(i) * step, 1)[0])]++
      expect(found).toEqual(counts)
    },
  )

  test('keys are hashed by xxHash64, as another implementation has it', async () => {
    const ring = new EnvoyRing(['a', 'b', 'c'])
    for (const key of ['', 'a', ...ringKeys(200)]) {
      const hash = BigInt(`0x${await xxhash64(key)}`)
      const bytes = Buffer.from(`--${key}--`)
      expect(xxh64(bytes, 2, bytes.length - 2)).toBe(hash)
      expect(ring.hashOf(key)).toBe(String(hash))
      expect(ring.replicas(key, 3)).toEqual(ring.hostsAt(hash, 3))
      expect(ring.hash.hash(bytes, 2, bytes.length - 2)).toBe(Number(hash >> 32n))
    }
  })
})
