import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { cachelab } from './cli/in-process.js'
import { folderOf } from './own/files.js'

type Library = typeof import('../src/index.js')
const built = createRequire(import.meta.url)
const library: Library = built('../dist/library/index.cjs')
const { hitRatio, InputError, missRatioCurve, replicationTimeline, ringRoutes, ringWeights } = library

const command = async (...args: string[]) =>
  JSON.parse((await cachelab([...args, '--format', 'json'])).stdout)

describe('an experiment as a function', () => {
  test('has the defaults of its command', async () => {
    expect(await library.ringDistribution()).toEqual(await command('ring'))
  })

  test('takes options as plain values', async () => {
    expect(
      await hitRatio({ policies: ['lru', 'fifo'], capacity: [50, 200], skew: '90/10', runs: 2 }),
    ).toEqual(
      await command(...'evict --policies lru,fifo --capacity 50,200 --skew 90/10 --runs 2'.split(' ')),
    )
    // A number is milliseconds, true a flag, a list several values or several options.
    expect(
      await replicationTimeline({
        nodes: ['a', 'b', 'c'],
        duration: 2000,
        kill: ['a@500ms', 'b@1s'],
        hints: true,
      }),
    ).toEqual(
      await command(
        ...'replicate timeline --nodes a,b,c --duration 2000ms --kill a@500ms --kill b@1s --hints'.split(' '),
      ),
    )
    expect(
      await ringWeights({
        weight: [
          ['a', 2],
          ['b', 1],
        ] as never,
        vnodes: 10,
      }),
    ).toEqual(await command(...'ring weights --weight a=2 --weight b=1 --vnodes 10'.split(' ')))
    expect(await ringRoutes({ replicas: 2 }, { operands: ['user:1'] })).toEqual(
      await command('ring', 'route', 'user:1', '--replicas', '2'),
    )
  })

  test('takes policies as code', async () => {
    class Lru {
      private readonly inside = new Set<number>()
      constructor(private readonly capacity: number) {}
      access(key: number) {
        const hit = this.inside.delete(key)
        if (!hit && this.inside.size === this.capacity) this.inside.delete([...this.inside][0])
        this.inside.add(key)
        return hit
      }
    }
    const options = { workloads: 'zipf', runs: 1, keys: 100, capacity: 10, requests: 2000 } as const
    const { tables } = await hitRatio({ ...options, policies: ['lru', Lru] })
    const [ours, own] = tables[0].rows
    expect([own.policy, own.hits]).toEqual(['./Lru', ours.hits])
    // In this thread, although curves are computed on all cores.
    const curve = await missRatioCurve({ policies: ['lru', Lru], keys: 100, requests: 2000, points: 4 })
    for (const row of curve.tables[0].rows) expect(row['./Lru']).toBe(row.lru)
  })

  test('runs one at a time', async () => {
    const reports = await Promise.all([1, 2, 3].map((seed) => hitRatio({ seed, runs: 1, requests: 100 })))
    expect(reports.map(({ parameters }) => parameters.seed)).toEqual([1, 2, 3])
  })

  test('tells what was understood of a trace', async () => {
    const notes: string[] = []
    const trace = `${folderOf({ 'keys.txt': 'a\nb\na\n' })}/keys.txt`
    const { tables } = await hitRatio(
      { policies: ['lru'], trace, capacity: 2 },
      { note: (text) => notes.push(text) },
    )
    expect(tables[0].rows[0].hits).toBe(1)
    expect(notes.join()).toContain('keys.txt')
  })

  test.each([
    [{ policies: ['lru2'] }, '--policies must be one of lru'],
    [{ kyes: 4 }, 'there is no option "kyes" (options: policies, '],
    [{ format: 'csv' }, 'there is no option "format"'],
    [{ keys: -1 }, '--keys must be a whole number from 1 to'],
    [{ toString: 1 }, 'there is no option "toString"'],
    [
      { exponent: 1, skew: '80/20' },
      "option '--skew <requests/keys>' cannot be used with option '--exponent <number>'",
    ],
  ])('refuses %j', async (options, message) => {
    const error = await hitRatio(options as never).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InputError)
    expect((error as Error).message).toContain(message)
    expect((error as Error).message).not.toMatch(/^error|\n/)
  })
})

test('a trace as data', async () => {
  const trace = `${folderOf({ 't.csv': 'key,size\nuser:1,10\nuser:2,20\nuser:1,10\n' })}/t.csv`
  const { keys, keyCount, names, sizes } = await library.readTrace(trace, {
    keyColumn: 'key',
    sizeColumn: 'size',
    sizes: true,
  })
  expect([[...keys], keyCount, names, [...(sizes ?? [])]]).toEqual([
    [0, 1, 0],
    2,
    ['user:1', 'user:2'],
    [10, 20],
  ])
})

/** The files that are loaded with a part of the library, in a process of their own. */
const loadedWith = (part: string): string[] => {
  const path = built.resolve(`../dist/library/${part}.cjs`)
  const script = `require(${JSON.stringify(path)}); console.log(Object.keys(require.cache).map((path) => path.split('/').pop()).join())`
  return execFileSync(process.execPath, ['--eval', script], { encoding: 'utf8' }).trim().split(',')
}

test.each([
  ['placement', /redis|grading|replication|eviction/],
  ['eviction', /redis|grading|replication/],
  ['workload', /redis|grading|replication|terminal/],
  ['trace', /redis|grading|replication/],
  ['report', /redis|grading|replication|eviction/],
])('cachelab/%s loads nothing of the others', (part, others) => {
  expect(loadedWith(part).filter((file) => others.test(file))).toEqual([])
})
