import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../src/cli/program.js'
import { children, routes } from '../src/cli/routes.js'
import { cachelab } from './cli/in-process.js'
import { solvedLab, temporaryFolder } from './cli/lab.js'
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

/** Commands whose reports other functions make: a part's are those of its command. */
const others = new Map<string, unknown>([
  ['grade', library.grade],
  ['merge', undefined],
])

test('every command that reports is a function', async () => {
  const functions = new Set(
    Object.values(library).flatMap((each) => (each as { command?: string } | null)?.command ?? []),
  )
  for (const { path, load } of routes) {
    const command = (await load()).configure(new Command(), { routes, children, createProgram })
    const reports = command.options.find(({ long }) => long === '--format')?.argChoices?.includes('json')
    const name = path.join(' ')
    expect([name, functions.has(name) || others.has(name)]).toEqual([name, reports ?? false])
  }
})

test('what isn’t a simulation', async () => {
  const answered = await library.redisScript({}, { operands: ['-'], input: 'SET a 1\nINCR a\n' })
  expect(answered.replies.map(({ reply }) => reply)).toEqual([{ status: 'OK' }, 2])
  const redirected = await library.clusterScript({}, { operands: ['-'], input: 'SET a 1\n' })
  expect(redirected.replies[0].reply).toEqual({ status: 'OK' })
  const [first] = (await library.find({}, { operands: ['split', 'brain'] })).tables[0].rows
  expect(first.command).toContain('cachelab')
  expect((await library.clusterSlots({}, { operands: ['{a}b'] })).tables[0].rows[0].slot).toBe(
    library.slotOfText('a'),
  )
  const checks = (await library.checkOwn({ kind: 'hash' }, { operands: [() => 5] })).tables[0].rows
  expect(checks.some(({ result }) => result === '✗')).toBe(true)
})

test('the defaults of an experiment are options', async () => {
  const defaults = await library.clusterFailover.defaults()
  expect(defaults.masters).toBe(3)
  expect((await library.clusterFailover({ ...defaults, duration: '4s' })).parameters).toEqual(
    (await library.clusterFailover({ duration: '4s' })).parameters,
  )
})

test('a report is made again', async () => {
  const report = await hitRatio({ policies: ['lru'], runs: 1, requests: 100 })
  const notes: string[] = []
  const made = await library.again(
    {},
    { operands: ['-'], input: JSON.stringify(report), note: (text) => notes.push(text) },
  )
  expect(made).toEqual(report)
  expect(notes.join()).toContain('the result is the same')
})

test('a lab is checked and graded', async () => {
  const folder = solvedLab()
  const options = { exercises: ['hash-ring'], seed: 'a', isolation: 'none' } as const
  const grade = await library.grade(folder, options)
  expect([grade.score, grade.seed]).toEqual([grade.maxScore, 'a'])
  expect(await library.renderGrade(grade, 'junit')).toContain('<testsuite')
  expect((await library.check(folder, 'hash-ring')).score).toBe(grade.score)
  const { tables } = await library.exercises({ lab: folder })
  expect(tables[0].rows.filter(({ state }) => state === 'done').length).toBe(1)
  const all = temporaryFolder()
  expect(await library.makeLab(join(all, 'ann'))).toContain('hash-ring.ts')
  const [ann] = (await library.gradeAll(all, options)).tables[0].rows
  expect([ann.submission, ann.score]).toEqual(['ann', 0])
}, 60_000)

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
  ['own', /redis|grading|replication/],
  ['lesson', /redis|grading|replication/],
])('cachelab/%s loads nothing of the others', (part, others) => {
  expect(loadedWith(part).filter((file) => others.test(file))).toEqual([])
})
