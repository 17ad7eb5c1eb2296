import { describe, expect, test } from 'vitest'
import { cachelab } from '../cli/in-process.js'
import { folderOf } from './files.js'

const folder = folderOf({
  'class.ts': `import { createHash } from 'node:crypto'
  /** Rendezvous hashing, by MD5 of node and key. */
  export default class Highest {
    constructor(readonly nodes: string[]) {}
    private ranked(key: string) {
      const weight = (node: string) => createHash('md5').update(node + '|' + key).digest().readUInt32BE(0)
      return [...this.nodes].sort((a, b) => weight(b) - weight(a))
    }
    locate(key: string) { return this.ranked(key)[0] }
    replicas(key: string, count: number) { return this.ranked(key).slice(0, count) }
  }`,
  'modulo.mjs': `export const modulo = (nodes, { hash }) => (key) => nodes[hash(key) % nodes.length]
    export const stranger = () => () => 'node-Z'
    export const twice = (nodes) => ({ locate: () => nodes[0], replicas: () => [nodes[0], nodes[0]] })
    export const nothing = () => 5`,
  'jenkins.ts': `export const bits = 32
  /** One-at-a-time, by Bob Jenkins. */
  export default (text: string) => {
    let h = 0
    for (const byte of new TextEncoder().encode(text)) { h = (h + byte) | 0; h = (h + (h << 10)) | 0; h ^= h >>> 6 }
    h = (h + (h << 3)) | 0; h ^= h >>> 11; h = (h + (h << 15)) | 0
    return h >>> 0
  }
  export const ofBytes = (bytes: Uint8Array, start: number, end: number) => {
    let h = 5381
    for (let i = start; i < end; i++) h = (Math.imul(h, 33) + bytes[i]) >>> 0
    return h
  }
  export const signed = (text: string) => -text.length`,
  'work.ts': `interface Options { keys: number; seed: number; random: () => number }
  export default function* ({ keys, random }: Options) { for (;;) yield Math.floor(random() ** 2 * keys) }
  export const cycle = ({ keys }: Options) => { let next = 0; return () => next++ % keys }
  export class Cycle { readonly keyCount = 7; private n = 0
    next(out: Uint32Array) { for (let i = 0; i < out.length; i++) out[i] = this.n++ % 7 } }
  export const outside = ({ keys }: Options) => () => keys
  export const half = () => () => 0.5`,
})
const run = async (...args: string[]) => {
  const { stdout, stderr, code } = await cachelab([...args, '--format', 'json'], { cwd: folder })
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  return JSON.parse(stdout)
}
const fails = async (...args: string[]) => {
  const { stdout, stderr, code } = await cachelab(args, { cwd: folder })
  expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
  expect(stderr).toMatch(/^error: .*\n$/)
  return stderr
}

describe('a placement of a file', () => {
  test('gives each key the node that it gives itself', async () => {
    const keys = Array.from({ length: 50 }, (_, i) => `user:${i}`)
    const { default: Highest } = (await import(`${folder}/class.ts`)) as {
      default: new (nodes: string[]) => Own
    }
    interface Own {
      locate(key: string): string
      replicas(key: string, count: number): string[]
    }
    const own = new Highest(['node-A', 'node-B', 'node-C', 'node-D'])
    const report = await run(
      'ring',
      'route',
      ...keys,
      '--nodes',
      '4',
      '--placement',
      './class.ts',
      '--replicas',
      '2',
    )
    expect(report.tables[0].rows.map((row: { node: string }) => row.node)).toEqual(
      keys.map((key) => own.locate(key)),
    )
    expect(report.tables[0].rows.map((row: { replicas: string }) => row.replicas)).toEqual(
      keys.map((key) => own.replicas(key, 2).join(', ')),
    )
  })

  test('is counted as ours is', async () => {
    const counts = async (...more: string[]) =>
      (await run('ring', '--hash', 'fnv1a', ...more)).tables[0].rows.map((row: { keys: number }) => row.keys)
    expect(await counts('--placement', './modulo.mjs#modulo')).toEqual(await counts('--placement', 'modulo'))
  })

  test('moves as many keys as it does when nodes change', async () => {
    const moved = async (placement: string) => {
      const args = ['ring', 'rolling', '--from', '3', '--to', '5', '--hash', 'fnv1a', '--keys', '2000']
      const report = await run(...args, '--placement', placement)
      return report.tables[0].rows.map((row: { moved: number }) => row.moved)
    }
    expect(await moved('./modulo.mjs#modulo')).toEqual(await moved('modulo'))
  })

  test('places the copies of a replicated cache', async () => {
    const args = ['replicate', '--keys', '300', '--nodes', '4', '--kill', 'node-A']
    const report = await run(...args, '--placement', './class.ts')
    expect(report.parameters.placement).toBe('./class.ts')
    expect(report.findings.filter(({ ok }: { ok?: boolean }) => ok === false)).toEqual([])
    expect(await fails(...args, '--placement', './modulo.mjs#modulo')).toContain(
      './modulo.mjs#modulo has no replicas(key, count)',
    )
  })

  test('places keys for evict distributed', async () => {
    const args = ['evict', 'distributed', '--nodes', '3', '--keys', '200', '--requests', '2000']
    expect((await run(...args, '--placement', './class.ts')).tables[0].rows).toHaveLength(3)
  })

  test.each([
    ['./modulo.mjs#stranger', 'the node of "key-0" must be one of node-A, node-B, node-C, and is "node-Z"'],
    ['./modulo.mjs#nothing', 'must give an object with locate(key), or a function (key) => node'],
    ['./modulo.mjs', 'exports modulo, stranger, twice, nothing'],
  ])('%s does not fit', async (name, message) => {
    expect(await fails('ring', '--placement', name)).toContain(message)
  })

  test('must name different nodes for the copies of a key', async () => {
    const args = ['ring', 'route', 'a', '--replicas', '2', '--placement', './modulo.mjs#twice']
    expect(await fails(...args)).toContain(
      'replicas("a", 2) must give 2 different nodes, and gave ["node-A","node-A"]',
    )
  })

  test('the exercise on the hash ring is the lesson’s ring', async () => {
    const { stdout } = await cachelab([
      'ring',
      '--placement',
      'exercises/hash-ring/solution.ts',
      '--format',
      'csv',
    ])
    expect(stdout).toBe((await cachelab(['ring', '--format', 'csv'])).stdout)
  })
})

describe('a hash of a file', () => {
  test('is compared with ours', async () => {
    const { tables } = await run('ring', 'hashes', '--keys', '1000', '--hash', './jenkins.ts')
    const names = tables[0].rows.map((row: { hash: string }) => row.hash)
    expect(names.slice(-2)).toEqual(['crc16', './jenkins.ts'])
    expect(tables[1].rows).toHaveLength(names.length)
    // Not those of files that an earlier command named.
    expect((await run('ring', 'hashes', '--keys', '1000')).tables[0].rows).toHaveLength(names.length - 1)
  })

  test('hashes keys and labels', async () => {
    // What Bob Jenkins’s page gives for "a": 0xca2e9442.
    const { tables } = await run('ring', 'route', 'a', '--hash', './jenkins.ts#default')
    expect(tables[0].rows[0].hash).toBe(0xca2e9442)
    const djb2 = await run('ring', 'route', 'ab', '--hash', './jenkins.ts#ofBytes')
    expect(djb2.tables[0].rows[0].hash).toBe((5381 * 33 + 97) * 33 + 98)
  })

  test('in other threads, too', async () => {
    const args = ['ring', 'sweep', '--keys', '500', '--vnodes', '1,10', '--runs', '4', '--format', 'json']
    const own = await cachelab([...args, '--hash', './jenkins.ts'], { cwd: folder })
    expect(own.stderr).toBe('')
    expect(JSON.parse(own.stdout).tables[0].rows).toHaveLength(2)
  })

  test('must be a number in its range', async () => {
    expect(await fails('ring', '--hash', './jenkins.ts#signed')).toMatch(
      /the hash of "[^"]+" must be a whole number from 0 to 4294967295, and is -\d+ \(x >>> 0 makes it one\)/,
    )
  })
})

describe('a workload of a file', () => {
  test.each(['./work.ts', './work.ts#cycle', './work.ts#Cycle'])('%s', async (name) => {
    const { tables } = await run('evict', '--workloads', `${name},zipf`, '--policies', 'lru', '--runs', '1')
    expect(tables[0].rows.map((row: { workload: string }) => row.workload)).toEqual([name, 'zipf'])
  })

  test('does what it says', async () => {
    const of = async (name: string) =>
      (await run('evict', '--workloads', name, '--policies', 'lru,fifo', '--runs', '1')).tables[0].rows.map(
        ({ hits }: { hits: number }) => hits,
      )
    expect(await of('./work.ts#cycle')).toEqual(await of('loop'))
    // Seven keys in a cache of 100 miss once each.
    expect(await of('./work.ts#Cycle')).toEqual([9993, 9993])
  })

  test('is written as a list of requests', async () => {
    const args = ['workload', './work.ts#Cycle', '--requests', '9']
    const { stdout, stderr } = await cachelab(args, { cwd: folder })
    expect([stderr, stdout.trim().split('\n')]).toEqual(['', [...'012345601']])
  })

  test.each([
    [
      './work.ts#outside',
      'a request must be for a whole number from 0 to 999 (--keys, or keyCount), and is 1000',
    ],
    ['./work.ts#half', 'a request must be for a whole number of at least 0, and is 0.5'],
  ])('%s', async (name, message) => {
    expect(await fails('evict', '--workloads', name, '--runs', '1')).toContain(message)
  })
})
