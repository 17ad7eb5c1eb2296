import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cachelab, refused } from './in-process.js'
import { temporaryFolder } from './lab.js'
import { traceFolder } from './traces.js'

// Long enough for workers; each half is done in place.
const long = 'evict --policies lru,fifo --runs 2 --requests 950000 --warmup 50000'.split(' ')

test('evict prints the same on any number of cores, in workers and in place', async () => {
  const [one, two, three] = await Promise.all(
    ['1', '2', '3'].map((jobs) => cachelab([...long, '--jobs', jobs, '--format', 'json'])),
  )
  expect(one.code, one.stderr).toBe(0)
  expect([two.stdout, three.stdout]).toEqual([one.stdout, one.stdout])
  const folder = temporaryFolder()
  for (const half of ['1/2', '2/2'])
    writeFileSync(join(folder, `${half[0]}.json`), (await cachelab([...long, '--shard', half])).stdout)
  expect((await cachelab(['merge', folder, '--format', 'json'])).stdout).toBe(one.stdout)
})

/** The parts of a command line in a folder of their own; their paths. */
async function partsOf(line: readonly string[], count: number): Promise<string[]> {
  const folder = temporaryFolder()
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const { stdout, stderr, code } = await cachelab([...line, '--shard', `${i + 1}/${count}`])
      expect(code, stderr).toBe(0)
      writeFileSync(join(folder, `${i + 1}.json`), stdout)
      return join(folder, `${i + 1}.json`)
    }),
  )
}

describe('evict --trace in parts', () => {
  const folder = traceFolder()
  const line = [
    'evict',
    '--trace',
    folder,
    '--key-column',
    'key',
    '--policies',
    'lru,fifo',
    '--capacity',
    '5%,30',
    '--seed',
    '2',
  ]

  test('reads only the traces of its tasks, and no trace to merge', async () => {
    const whole = await cachelab(line)
    const paths = await partsOf(line, 3)
    const parts = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')))
    const read = parts.map(({ facts }) =>
      Object.keys(facts).flatMap((name) => /^trace .*\/(.*)$/.exec(name)?.[1] ?? []),
    )
    expect(read).toEqual([['a.csv', 'b.csv'], ['b.csv', 'c.csv'], ['c.csv']])
    rmSync(folder, { recursive: true })
    expect((await cachelab(['merge', ...paths])).stdout).toBe(whole.stdout)
    const partial = await cachelab(['merge', paths[2], '--partial', '--format', 'json'])
    const { tables } = JSON.parse(partial.stdout)
    const named = (name: string) => tables.find((table: { name: string }) => table.name === name).rows
    expect(named('trace').map(({ trace }: { trace: string }) => trace)).toEqual(['c.csv'])
    expect(named('hit-ratio')).toHaveLength(parts[2].lists[0].done.length)
    expect(partial.stdout).not.toMatch(/NaN|null,null/)
  })
})

test('parts of traces that differ are refused', async () => {
  const folder = traceFolder()
  const line = ['evict', '--trace', join(folder, 'a.csv'), '--key-column', 'key', '--policies', 'lru,fifo']
  const [first] = await partsOf(line, 2)
  writeFileSync(
    join(folder, 'a.csv'),
    readFileSync(join(folder, 'a.csv'), 'utf8').replace('1', '2').slice(0, -10),
  )
  const [, other] = await partsOf(line, 2)
  await refused(['merge', first, other], ['is a part of other input', 'the list of traces'])
})

test('evict curve merges without the trace, and leaves out the points that a part lacks', async () => {
  const folder = traceFolder()
  const file = join(folder, 'b.csv')
  const line = [
    'evict',
    'curve',
    '--trace',
    file,
    '--key-column',
    'key',
    '--policies',
    'lru,fifo',
    '--points',
    '6',
  ]
  const whole = await cachelab([...line, '--jobs', '2'])
  expect((await cachelab([...line, '--jobs', '1'])).stdout).toBe(whole.stdout)
  const paths = await partsOf(line, 2)
  rmSync(folder, { recursive: true })
  expect((await cachelab(['merge', ...paths])).stdout).toBe(whole.stdout)
  const partial = await cachelab(['merge', paths[0], '--partial', '--format', 'json'])
  const { lists } = JSON.parse(readFileSync(paths[0], 'utf8'))
  const counts = lists[0].done.map(([, misses]: [number, number[]]) => misses.length)
  const { rows } = JSON.parse(partial.stdout).tables[0]
  const values = rows.flatMap(({ lru, fifo }: Record<string, number | null>) => [lru, fifo])
  expect(values.filter((value: number | null) => value !== null)).toHaveLength(
    counts.reduce((sum: number, count: number) => sum + count, 0),
  )
})

test('LRU’s pass is cut into stretches of the requests, which are together one pass', async () => {
  const line = 'evict curve --policies lru --requests 900000 --warmup 100000 --points 5'.split(' ')
  const whole = await cachelab([...line, '--jobs', '1'])
  expect(await cachelab([...line, '--jobs', '2'])).toEqual(whole)
  const paths = await partsOf(line, 2)
  const done = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')).lists[0].done.length)
  expect(done.sort()).toEqual([1, 2])
  expect((await cachelab(['merge', ...paths])).stdout).toBe(whole.stdout)
})

describe('evict curve --sample', () => {
  const line = 'evict curve --sample 90% --keys 20000 --requests 900000 --policies lru --points 5'.split(' ')

  test('is the same on any number of cores and in parts, of which each has some of every curve', async () => {
    const whole = await cachelab([...line, '--jobs', '1'])
    expect(await cachelab([...line, '--jobs', '3'])).toEqual(whole)
    const paths = await partsOf(line, 2)
    const [{ lists }] = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')))
    // The exact curve and the sample's in three stretches each, and the sample's eight parts.
    expect(lists[0].tasks).toBe(14)
    expect((await cachelab(['merge', ...paths])).stdout).toBe(whole.stdout)
    const partial = await cachelab(['merge', paths[0], '--partial', '--format', 'json'])
    const { tables, findings } = JSON.parse(partial.stdout)
    expect(tables[0].rows.map(({ lru }: { lru: null }) => lru)).toEqual(Array(5).fill(null))
    expect(findings.map(({ id }: { id: string }) => id)).not.toContain('spread')
  })

  test('auto is one pass, which is not divided: only the exact curve of generated requests is', async () => {
    const generated = 'evict curve --sample auto --keys 200 --requests 2000 --policies lru'.split(' ')
    const merged = await cachelab(['merge', ...(await partsOf(generated, 2))])
    expect(merged.stdout).toBe((await cachelab(generated)).stdout)
    const file = join(traceFolder(), 'a.csv')
    await refused(
      [...'evict curve --sample auto --policies lru --shard 1/2 --trace'.split(' '), file],
      ['--shard divides a list of tasks', '--sample auto takes one pass'],
    )
  })
})
