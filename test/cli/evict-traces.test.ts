import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { cachelab, refused } from './in-process.js'

const folder = mkdtempSync(join(tmpdir(), 'cachelab-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes a file and returns its path. */
function file(name: string, ...lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const sized = file('sized.csv', 'key,size', 'a,40', 'b,50', 'a,40', 'c,20', 'a,40', 'b,50', 'd,200', 'c,20')

async function report(...words: string[]) {
  const { stdout, stderr } = await cachelab([...words, '--format', 'json'])
  const parsed = JSON.parse(stdout)
  const tables = Object.fromEntries(
    parsed.tables.map((table: { name: string; rows: unknown[] }) => [table.name, table.rows]),
  )
  return { ...parsed, tables, stderr }
}

describe('evict --trace with sizes', () => {
  const columns = ['--trace', sized, '--key-column', 'key', '--size-column', 'size']

  test('counts requests, bytes, and what is larger than the cache', async () => {
    const { tables, findings, parameters } = await report(
      'evict',
      ...columns,
      '--policies',
      'lru,fifo',
      '--capacity',
      '100B',
    )
    // LRU: a b A (c drops b) A (b drops c) d is larger, c drops a. FIFO: a b A (c drops a) (a drops b) (b drops c).
    expect(tables['hit-ratio']).toMatchObject([
      {
        policy: 'lru',
        capacity: 100,
        requests: 8,
        hits: 2,
        hitRatio: 2 / 8,
        byteHitRatio: 80 / 460,
        bypassed: 1,
      },
      { policy: 'fifo', hits: 1, hitRatio: 1 / 8, byteHitRatio: 40 / 460, bypassed: 1 },
    ])
    expect(tables.trace).toMatchObject([{ requests: 8, keys: 4, meanSize: 310 / 4, objectBytes: 310 }])
    expect(findings.map(({ id }: { id: string }) => id)).toContain('bypassed')
    expect(parameters).toMatchObject({
      keyColumn: '1 "key"',
      sizeColumn: '2 "size"',
      policies: 'lru, fifo',
      capacity: '100B',
    })
  })

  test.each([
    ['100%', 310],
    ['50%', 155],
    ['0.1KiB', 102],
    ['0.1KB', 100],
  ])('a capacity of %s is %i bytes', async (capacity, bytes) => {
    const { tables } = await report('evict', ...columns, '--policies', 'lru', '--capacity', capacity)
    expect(tables['hit-ratio'][0].capacity).toBe(bytes)
  })

  test('a capacity in keys takes no notice of sizes, and says so', async () => {
    const { tables, findings } = await report('evict', ...columns, '--policies', 'lru', '--capacity', '2')
    expect(tables['hit-ratio'][0]).toMatchObject({ capacity: 2, hits: 2 })
    expect(findings.map(({ id }: { id: string }) => id)).toContain('sizes')
  })

  test.each([
    ['size:20B', 1],
    ['bloom', 1],
    ['probability:0.000001', 0],
  ])('--admission %s', async (admission, hits) => {
    const words = ['--policies', 'lru', '--capacity', '1KiB', '--admission', admission]
    const { tables, parameters } = await report('evict', ...columns, ...words)
    expect(tables['hit-ratio'][0].hits).toBe(hits)
    expect(parameters.admission).toBeTypeOf('string')
  })

  test('a share of the keys, where no sizes are named', async () => {
    const { tables } = await report(
      'evict',
      '--trace',
      sized,
      '--key-column',
      'key',
      '--policies',
      'lru',
      '--capacity',
      '50%',
    )
    expect(tables['hit-ratio'][0]).toMatchObject({ capacity: 2, hits: 2 })
  })

  test.each([
    ['--trace TRACE --key-column key --capacity 1KiB', 'name their column with --size-column'],
    [
      '--trace TRACE --key-column key --size-column size --capacity 10,1KiB',
      'all in keys or all in bytes, got "10,1KiB"',
    ],
    ['--capacity 1KiB', '--capacity in bytes needs --trace with sizes, got "1KiB"'],
    ['--trace TRACE --capacity 0%', 'shares such as 1%'],
    ['--trace TRACE --capacity 101%', 'shares such as 1%'],
    ['--trace TRACE --capacity 10XB', 'sizes such as 64MiB'],
    ['--trace TRACE --capacity 0B', 'sizes such as 64MiB'],
    ['--trace TRACE --admission size:10', '--admission must be size:64KiB'],
    ['--trace TRACE --admission probability:1', '--admission must be'],
    ['--trace TRACE --admission bloom:2', '--admission must be'],
    ['--admission bloom', '--admission needs --trace'],
    ['--trace TRACE --key-column key --admission size:1B', 'size:… needs a capacity in bytes'],
  ])('evict %s is refused', async (line, text) => {
    await refused(
      `evict ${line}`.split(' ').map((word) => (word === 'TRACE' ? sized : word)),
      [text],
    )
  })
})

describe('writes, deletions and lifetimes', () => {
  // Forty keys, each read again 40 reads later, after it was deleted or has expired.
  const numbers = Array.from({ length: 400 }, (_, i) => i)
  const deleted = file(
    'deleted.csv',
    'key,op',
    ...numbers.flatMap((i) => [`k${i % 40},get`, `k${i % 40},delete`]),
  )
  const expiring = file(
    'ttl.csv',
    'time,key,ttl',
    ...numbers.map((i) => `${10 * Math.floor(i / 40)},k${i % 40},5`),
  )
  const policies = ['--policies', 'lru,fifo,redis-lru']

  test.each([
    ['deleted', [deleted, '--key-column', 'key', '--op-column', 'op'], 400],
    ['expired', [expiring, '--key-column', 'key', '--ttl-column', 'ttl', '--time-column', 'time'], 360],
  ])('a key that was %s is missed, by evict and by its curve', async (what, trace, count) => {
    const { tables } = await report('evict', '--trace', ...trace, ...policies)
    for (const row of tables['hit-ratio'])
      expect(row).toMatchObject({ requests: 400, hits: 0, [what]: count })
    const curve = await report('evict', 'curve', '--trace', ...trace, ...policies, '--points', '3')
    for (const { lru, fifo, 'redis-lru': redis } of curve.tables.curve)
      expect([lru, fifo, redis]).toEqual([1, 1, 1])
  })

  test('without times lifetimes pass at --rate, and that is said', async () => {
    const trace = [expiring, '--key-column', 'key', '--ttl-column', 'ttl']
    const { tables, stderr, parameters } = await report(
      'evict',
      '--trace',
      ...trace,
      '--policies',
      'lru',
      '--rate',
      '4',
    )
    expect(tables['hit-ratio'][0]).toMatchObject({ hits: 0, expired: 380 })
    expect(stderr).toContain('the clock runs at --rate, 4 requests a second')
    expect(parameters.rate).toBe(4)
  })

  test('what an experiment leaves out is said', async () => {
    const trace = [deleted, '--key-column', 'key', '--op-column', 'op']
    expect((await report('evict', 'distributed', '--trace', ...trace, '--policies', 'lru')).stderr).toContain(
      'writes and deletions are left out here: 400 of 800 requests',
    )
    expect(
      (await report('evict', 'curve', '--sample', 'auto', '--policies', 'lru', '--trace', ...trace)).stderr,
    ).toContain('a sample takes every request as a read')
    const sizes = ['--key-column', 'key', '--size-column', 'size']
    expect(
      (await report('evict', 'curve', '--trace', sized, ...sizes, '--policies', 'lru')).stderr,
    ).toContain('sizes are not used: the capacity is in keys')
  })
})

test('several traces, by name or in a folder, are compared by their miss ratios against FIFO’s', async () => {
  const loop = file('one.txt', ...Array.from({ length: 30 }, (_, i) => `k${i % 3}`))
  const popular = file(
    'two.txt',
    ...Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 'hot' : `k${i % 6}`)),
  )
  const words = ['evict', '--policies', 'lru,random', '--capacity', '2', '--trace', loop, '--trace', popular]
  const { tables } = await report(...words)
  expect(
    tables['hit-ratio'].map(({ trace, policy }: Record<string, string>) => `${trace} ${policy}`),
  ).toEqual(['one.txt lru', 'one.txt random', 'two.txt lru', 'two.txt random'])
  // LRU misses all of the loop, as FIFO does; then 16 where FIFO misses hot every other time.
  const fifo = (await report(...words, '--policies', 'fifo')).tables['hit-ratio']
  const lru = tables['hit-ratio'].filter(({ policy }: { policy: string }) => policy === 'lru')
  const reductions = [0, 1].map((i) => 1 - lru[i].misses / fifo[i].misses)
  expect(reductions[0]).toBe(0)
  expect(reductions[1]).toBeGreaterThan(0)
  const [row] = tables.reduction
  expect(row).toMatchObject({ policy: 'lru', capacity: '2', traces: 2 })
  expect(row.mean).toBeCloseTo(reductions[1] / 2)
  expect(row.p10).toBeCloseTo(reductions[1] * 0.1)
  expect(row.p90).toBeCloseTo(reductions[1] * 0.9)
  await refused(['evict', 'curve', '--trace', loop, '--trace', popular], ['takes one trace, got 2'])
})

test('folders within a folder are left out, and said', async () => {
  const outer = mkdtempSync(join(folder, 'outer-'))
  mkdirSync(join(outer, 'inner'))
  writeFileSync(join(outer, 'one.txt'), 'a\nb\na\n')
  const { tables, stderr } = await report('evict', '--policies', 'lru', '--trace', outer)
  expect(tables['hit-ratio']).toHaveLength(1)
  expect(stderr).toContain(': a folder in it is left out')
})

test('keys that nearly all differ are named before all else', async () => {
  const path = file('ids.txt', ...Array.from({ length: 40 }, (_, i) => `id-${i}`))
  const { findings, stderr } = await report('evict', '--trace', path, '--policies', 'lru')
  expect(findings[0].text).toContain('40 different ones in 40 requests')
  expect(stderr).toContain('nearly all keys differ')
})

describe('traces of other commands', () => {
  const path = file('steps.txt', 'A', 'B', 'A', 'C', 'A', 'B')

  test('evict steps shows the first requests', async () => {
    const { tables, parameters } = await report(
      'evict',
      'steps',
      '--trace',
      path,
      '--capacity',
      '2',
      '--first',
      '4',
    )
    expect(
      tables.steps.map(({ request, result, evicted }: Record<string, string>) => [request, result, evicted]),
    ).toEqual([
      ['A', 'miss', null],
      ['B', 'miss', null],
      ['A', 'hit', null],
      ['C', 'miss', 'B'],
    ])
    expect(parameters).toMatchObject({ trace: path, requests: 4 })
    await refused(['evict', 'steps', '--trace', path, 'A'], ["can't be used with requests"])
    await refused(['evict', 'steps', '--first', '3', 'A'], ['--first needs --trace'])
  })

  test('evict distributed places the trace’s own keys', async () => {
    const keys = file('route.txt', ...Array.from({ length: 200 }, (_, i) => `user:${1000 + (i % 50)}`))
    const { tables } = await report(
      'evict',
      'distributed',
      '--trace',
      keys,
      '--nodes',
      '3',
      '--capacity',
      '30',
    )
    const route = await report('ring', 'route', ...Array.from({ length: 50 }, (_, i) => `user:${1000 + i}`))
    const [routes] = Object.values(route.tables) as { node: string }[][]
    for (const { node, keys: held } of tables.nodes)
      expect(held, node).toBe(routes.filter((row) => row.node === node).length)
  })

  test('tiers sends its requests, writes as they are', async () => {
    const lines = Array.from({ length: 4000 }, (_, i) => `${i % 5 === 4 ? 'set' : 'get'},k${(i * i) % 97}`)
    const requests = file('tiers.csv', 'op,key', ...lines)
    const words = ['tiers', '--trace', requests, '--key-column', 'key', '--capacity', '60', '--rate', '500']
    const plain = await report(...words)
    expect(plain.parameters).toMatchObject({ keys: 49, trace: requests, warmup: '2s', duration: '6s' })
    const written = await report(...words, '--op-column', 'op')
    // One in five is a write; without the column so many are as --write-ratio says.
    expect(written.parameters.writeRatio).toBe(null)
    expect(written.tables.tiers[0].staleShare).toBeGreaterThan(plain.tables.tiers[0].staleShare)
    await refused([...words, '--duration', '60s'], ['too few for --warmup and --duration'])
  })
})
