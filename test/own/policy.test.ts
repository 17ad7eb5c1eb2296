import { describe, expect, test } from 'vitest'
import { cachelab, refused } from '../cli/in-process.js'
import { folderOf } from './files.js'

/** LRU in five shapes; one that takes sizes and can be asked, and what can't be used. */
const LRU = `
  private readonly inside = new Map<number, number>()
  private bytes = 0
  constructor(readonly capacity: number) {}
  access(key: number, size = 1): boolean {
    const old = this.inside.get(key)
    if (old !== undefined) this.remove(key)
    this.bytes += old ?? size
    this.inside.set(key, old ?? size)
    for (const oldest of this.inside.keys()) if (this.bytes > this.capacity) this.remove(oldest)
    return old !== undefined
  }
  has(key: number) { return this.inside.has(key) }
  remove(key: number) { this.bytes -= this.inside.get(key) ?? 0; this.inside.delete(key) }
`
const files = {
  'class.ts': `export default class Mine {${LRU}}`,
  'named.ts': `class Base {${LRU}}
    export class Lru extends Base {}
    export const factory = (capacity: number) => new Lru(capacity)
    export const fields = class { inner: Base; constructor(c: number) { this.inner = new Base(c) }
      access = (key: number) => this.inner.access(key) }
    export enum Kind { One }`,
  'simple.mts': `export const lru = (capacity: number) => {
    const inside = new Set<number>()
    return (key: number) => {
      const hit = inside.delete(key)
      if (!hit && inside.size === capacity) inside.delete(inside.values().next().value!)
      inside.add(key)
      return hit
    }
  }`,
  'common.cjs': `const Base = require('./class.ts').default
    exports.Lru = class extends Base {}`,
  'parts/index.ts': `import Base from '../class.js'
    import limits from './limits.json' with { type: 'json' }
    export class Lru extends Base { constructor(capacity: number) { super(Math.min(capacity, limits.most)) } }`,
  'parts/limits.json': '{ "most": 1000000 }',
  'options.ts': `export default (capacity: number, options: any) => {
    if (options.window !== 0.05 || options.on !== true || options.name !== 'x') throw new Error('lost: ' + JSON.stringify(options))
    return () => false
  }`,
  'chance.ts': 'export default (_: number, { random }: any) => (key: number) => key !== 0 && random() < 0.5',
  'throws.ts': `export default () => (key: number) => {
    const none: any = undefined

    return key > 1 ? none.size : false
  }`,
  'syntax.ts': 'export default function (capacity: number) {\n\n  const = 1\n}',
  'broken.ts': "import './syntax.js'\nexport default () => () => false",
  'number.ts': 'export default () => () => 1',
  'later.ts': 'export default () => async () => false',
  'two.ts': 'export const a = () => () => false\nexport const b = 2\nexport function c() {}',
}

const folder = folderOf(files)
const evict = async (policies: string, ...more: string[]) => {
  const args = ['evict', '--policies', policies, '--runs', '1', '--format', 'json', ...more]
  const { stdout, stderr, code } = await cachelab(args, { cwd: folder })
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 })
  return JSON.parse(stdout)
}
const hits = (report: { tables: [{ rows: { hits: number }[] }] }) =>
  report.tables[0].rows.map((row) => row.hits)

const shapes = ['./class.ts', './named.ts#Lru', './named.ts#factory', './named.ts#fields', './simple.mts']

test.each([...shapes, 'common.cjs', 'parts/index.ts'])('%s is LRU', async (name) => {
  const [ours, own] = hits(await evict(`lru,${name}`, '--workloads', 'zipf'))
  expect(own).toBe(ours)
})

test('each row has its own policy, whatever its name', async () => {
  const report = await evict('./named.ts#Lru,./named.ts#factory,fifo', '--workloads', 'zipf')
  expect(report.tables[0].rows.map((row: { policy: string }) => row.policy)).toEqual([
    './named.ts#Lru',
    './named.ts#factory',
    'fifo',
  ])
})

test('options reach it, with numbers as numbers', async () => {
  const options = ['window=0.05', 'on=true', 'name=x'].flatMap((each) => ['--policy-option', each])
  expect(hits(await evict('./options.ts', ...options))).toEqual([0, 0])
  await refused(['evict', '--policies', 'lru', '--policy-option', 'a=1'], ['there is none'])
})

test('its chance comes from the seed', async () => {
  const run = async (seed: string) => hits(await evict('./chance.ts', '--seed', seed))
  expect(await run('1')).toEqual(await run('1'))
  expect(await run('1')).not.toEqual(await run('2'))
})

describe('every command with policies', () => {
  test.each([
    ['evict curve', ['--policies', 'lru,./class.ts', '--points', '4']],
    ['evict skew', ['--policies', 'lru,./class.ts', '--runs', '1', '--exponents', '1']],
    ['evict distributed', ['--policies', 'lru,./class.ts', '--nodes', '2']],
  ])('%s', async (path, args) => {
    const { stdout, stderr } = await cachelab([...path.split(' '), ...args, '--format', 'json'], {
      cwd: folder,
    })
    expect(stderr).toBe('')
    const text = JSON.stringify(JSON.parse(stdout).tables)
    // What the table says of the own one is what it says of ours.
    expect(text).toContain('./class.ts')
    for (const [, ours, own] of text.matchAll(/"lru":([\d.]+),"\.\/class\.ts":([\d.]+)/g))
      expect(own).toBe(ours)
  })

  test('evict steps shows what it can', async () => {
    const steps = async (policy: string) =>
      (await cachelab(['evict', 'steps', '--policy', policy, 'A', 'B', 'C', 'A', 'D'], { cwd: folder }))
        .stdout
    expect(await steps('./class.ts')).toContain('4  A        hit')
    expect(await steps('./class.ts')).toMatch(/5 {2}D {8}miss {4}B {5}C? ?A/)
    expect(await steps('./simple.mts')).toContain('5  D        miss')
  })

  test('replicate', async () => {
    const run = async (policy: string) => {
      const args = ['replicate', '--keys', '500', '--capacity', '100', '--policy', policy, '--format', 'csv']
      return (await cachelab(args, { cwd: folder })).stdout
    }
    expect(await run('./class.ts')).toBe(await run('lru'))
  })
})

describe('a trace', () => {
  const traces = folderOf({
    ...files,
    'sized.csv': 'key,size\na,10\nb,20\na,10\nc,15\nb,20\na,10\n',
    'deletes.csv': 'key,op\na,get\na,delete\na,get\na,get\n',
  })
  const run = (policies: string, trace: string, ...more: string[]) =>
    cachelab(['evict', '--policies', policies, '--trace', trace, '--key-column', 'key', ...more], {
      cwd: traces,
    })

  test('with sizes is for policies that take them', async () => {
    const sized = ['--size-column', 'size', '--capacity', '30B', '--format', 'csv']
    const { stdout } = await run('lru,./class.ts', 'sized.csv', ...sized)
    const [, ours, own] = stdout.trim().split('\n')
    expect(own.replace('./class.ts', 'lru')).toBe(ours)
    const { stderr, code } = await run('./simple.mts', 'sized.csv', ...sized)
    expect([code, stderr]).toEqual([
      2,
      'error: ./simple.mts: the capacity is in bytes, and access(key) takes no size; it has to be access(key, size)\n',
    ])
  })

  test('with deletions is for policies that can be asked', async () => {
    const { stdout } = await run('lru,./class.ts', 'deletes.csv', '--op-column', 'op', '--format', 'csv')
    const [, ours, own] = stdout.trim().split('\n')
    expect(own.replace('./class.ts', 'lru')).toBe(ours)
    const { stderr } = await run('./simple.mts', 'deletes.csv', '--op-column', 'op')
    expect(stderr).toMatch(/^error: \.\/simple\.mts has no has\(key\), which is asked here/)
  })
})

describe('what does not fit', () => {
  test.each([
    ['./none.ts', 'there is no file "./none.ts"'],
    [
      './two.ts',
      './two.ts exports a, b, c; name one, such as ./two.ts#a; it must be a class with access(key)',
    ],
    ['./two.ts#b', '"b" must be a class with access(key), or a function (capacity) => (key) => hit'],
    ['./two.ts#c', './two.ts#c exports a, b, c'],
    ['./two.ts#d', '"d" must be a class'],
    [
      './number.ts',
      'access(key) must give true for a hit and false for a miss; two requests of one key gave 1 and 1',
    ],
    ['./later.ts', 'two requests of one key gave [object Promise]'],
    ['./syntax.ts', 'syntax.ts, line 3: SyntaxError: '],
    ['./broken.ts', 'syntax.ts, line 3: SyntaxError: '],
    ['./throws.ts', "throws.ts, line 4: TypeError: Cannot read properties of undefined (reading 'size')"],
    ['lru2', '--policies must be one of lru, lfu'],
    ['throws', 'got "throws" (did you mean ./throws.ts?)'],
  ])('%s', async (name, message) => {
    const { stdout, stderr, code } = await cachelab(['evict', '--policies', name, '--runs', '1'], {
      cwd: folder,
    })
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 })
    expect(stderr).toMatch(/^error: .*\n$/)
    expect(stderr).toContain(message)
  })
})

test('the exercise on eviction is compared with ours', async () => {
  const solution = 'exercises/eviction/solution.ts'
  const { stdout } = await cachelab([
    'evict',
    '--policies',
    `${solution}#lru,${solution}#random`,
    '--runs',
    '1',
  ])
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    `✓ ${solution}#lru hits and misses where lru does, request by request, in all 2 rows of the first run.`,
  )
  // An LFU that forgets to count is LRU.
  const wrong = folderOf({ 'mine.ts': FORGETFUL })
  const report = JSON.parse(
    (
      await cachelab(['evict', '--policies', 'mine.ts#lfu', '--runs', '1', '--format', 'json'], {
        cwd: wrong,
      })
    ).stdout,
  )
  const finding = report.findings.find(({ id }: { id: string }) => id === 'like-mine.ts#lfu')
  expect(finding).toMatchObject({ ok: false })
  expect(finding.text).toMatch(
    /^mine\.ts#lfu differs from lfu in 2 of 2 rows: zipf at capacity 100, first at request \d+ \(key \d+\): a (hit|miss), where lfu (misses|hits)/,
  )
})

const FORGETFUL = `export function simulate(policy: string, capacity: number, requests: string[]) {
  const inside = new Set<string>()
  return requests.map((key) => {
    const hit = inside.delete(key)
    const evicted = !hit && inside.size === capacity ? [...inside][0] : null
    if (evicted !== null) inside.delete(evicted)
    inside.add(key)
    return { hit, evicted }
  })
}`
