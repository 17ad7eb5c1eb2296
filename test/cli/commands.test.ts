import { describe, expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'
import { cachelab, shell } from './in-process.js'
import { cachelab as program } from './run.js'

const visible = routes.filter((route) => !route.hidden)

test('without a command there are three ways in, on a screen', async () => {
  for (const args of [[], ['--'], ['--', '--']]) {
    const { stdout, stderr, code } = await cachelab(args)
    expect([stderr, code]).toEqual(['', 0])
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(20)
    const ways = [...stdout.matchAll(/^ {2}\$ cachelab (\S+)/gm)].map(([, name]) => name)
    expect(ways).toEqual(['walk', 'demo', 'init'])
    expect(stdout).toContain('cachelab --help lists all commands')
  }
})

test('help lists the commands', async () => {
  const plain = await cachelab(['--help'])
  expect(plain).toMatchObject({ code: 0, stderr: '' })
  for (const args of [['help'], ['-h']]) expect(await cachelab(args)).toEqual(plain)
  for (const name of visible.filter((route) => route.path.length === 1).map((route) => route.path[0]))
    expect(plain.stdout).toContain(`  ${name}  `)
  expect(plain.stdout).not.toContain('  complete  ')
  expect(await cachelab(['help', 'ring', 'sweep'])).toEqual(await cachelab(['ring', 'sweep', '--help']))
  const below = visible.filter((route) => route.path.length === 2).map((route) => route.path)
  for (const parent of new Set(below.map(([first]) => first))) {
    const { stdout } = await cachelab([parent, '--help'])
    for (const [, name] of below.filter(([first]) => first === parent))
      expect(stdout).toContain(`  ${name}  `)
  }
})

test('--version is the version of the package', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } })
  expect(await cachelab(['--version'])).toMatchObject({ code: 0, stdout: `${manifest.version}\n` })
})

describe('formats', () => {
  test('json is one report, csv its main table, markdown a document', async () => {
    const json = JSON.parse((await cachelab(['ring', '--format', 'json'])).stdout)
    expect(json).toMatchObject({
      schema: 'cachelab/report@1',
      command: 'ring',
      parameters: { nodes: 3, keys: 10_000 },
    })
    expect(json.tables[0].rows[0]).toEqual({
      node: 'node-A',
      keys: 3722,
      share: 0.3722,
      deviation: 3722 / (10_000 / 3) - 1,
    })
    const csv = (await cachelab(['ring', '--format', 'csv'])).stdout.split('\n')
    expect(csv.slice(0, 2)).toEqual([
      'node,keys,share,deviation',
      `node-A,3722,0.3722,${3722 / (10_000 / 3) - 1}`,
    ])
    const markdown = (await cachelab(['ring', '--format', 'markdown'])).stdout
    expect(markdown).toContain('| node-A | 3,722 | 37.22% | +11.66% |')
  })

  const wanted = {
    ring: ['distribution', 'node', 'keys', 'share', 'deviation'],
    'ring route a': ['routes', 'key', 'hash', 'vnode', 'node', 'replicas'],
    'ring sweep --runs 2 --vnodes 1,2': [
      ...['sweep', 'vnodes', 'stddev', 'minShare', 'maxShare', 'maxDeviation', 'expectedStddev', 'bytes'],
    ],
    'ring rolling': [
      ...['steps', 'step', 'change', 'nodes', 'moved', 'movedShare', 'idealShare'],
      ...['cumulativeMoved', 'strayMoves', 'moduloMoved', 'within'],
    ],
  }
  test.each(Object.entries(wanted))(
    'the main table of %s has its promised columns',
    async (line, [name, ...keys]) => {
      const report = JSON.parse((await cachelab([...line.split(' '), '--format', 'json'])).stdout)
      expect(report.tables[0].name).toBe(name)
      expect(Object.keys(report.tables[0].rows[0])).toEqual(expect.arrayContaining(keys))
      expect(report.findings.length).toBeGreaterThan(0)
    },
  )
})

describe('keys from elsewhere', () => {
  test('a pipe, with blank lines that are counted and said', async () => {
    const input = Array.from({ length: 10_000 }, (_, i) => `key-${i}\n`).join('')
    const { stdout, stderr } = await cachelab(['ring', '--keys-from', '-', '--format', 'csv'], {
      input: `\n${input}  \n`,
    })
    expect(stdout).toBe((await cachelab(['ring', '--format', 'csv'])).stdout)
    expect(stderr).toBe('note: skipped 2 blank lines of standard input\n')
  })

  test('route reads a pipe when no key is named', async () => {
    const { stdout } = await cachelab(['ring', 'route', '--format', 'csv'], {
      input: 'user:1001\r\nuser:1002\n',
    })
    expect(stdout.split('\n').map((line) => line.split(',')[3])).toEqual([
      'node',
      'node-C',
      'node-B',
      undefined,
    ])
  })
})

describe('traces from elsewhere', () => {
  const path = 'test/fixtures/zipf10k.txt'

  test('a file and a pipe, compressed or not, give the recorded counts', async () => {
    const line = 'evict --policies lru,sieve,opt --capacity 100 --format csv --trace'
    const wanted =
      'policy,capacity,hitRatio,requests,misses,hits\nlru,100,0.5764,10000,4236,5764\nsieve,100,0.6613,10000,3387,6613\nopt,100,0.7494,10000,2506,7494\n'
    expect((await cachelab([...line.split(' '), path])).stdout).toBe(wanted)
    expect((await shell(`gzip -c ${path} | cachelab ${line} -`)).stdout).toBe(wanted)
  })

  test('what workload writes is what evict draws', async () => {
    const drawn = JSON.parse(
      (await cachelab('evict --policies lru --workloads zipf --runs 1 --format json'.split(' '))).stdout,
    )
    const traced = JSON.parse(
      (await shell('cachelab workload zipf | cachelab evict --policies lru --format json --trace -')).stdout,
    )
    expect(traced.tables[0].rows[0].misses).toBe(drawn.tables[0].rows[0].misses)
    const [{ exponentLow, exponentHigh }] = traced.tables[1].rows
    expect(exponentLow).toBeLessThan(drawn.parameters.exponent)
    expect(exponentHigh).toBeGreaterThan(drawn.parameters.exponent)
  })

  test('uniform requests have the exponent 0; a loop has none, and a finding says why', async () => {
    const evict = 'cachelab evict --policies lru --format json --trace -'
    const uniform = JSON.parse((await shell(`cachelab workload uniform | ${evict}`)).stdout)
    expect(uniform.tables[1].rows[0]).toMatchObject({ exponent: 0, exponentLow: 0 })
    const loop = JSON.parse((await shell(`for i in 1 2 3 4 5 6 7 8 9; do seq 400; done | ${evict}`)).stdout)
    expect(loop.tables[1].rows[0]).toMatchObject({ exponent: null, exponentLow: null, exponentHigh: null })
    expect(loop.findings.find(({ id }: { id: string }) => id === 'zipf').text).toBe(
      'No Zipf exponent: the popularity of the keys does not follow Zipf’s law (χ² test of fit, p < 0.0001).',
    )
  })

  test('LRU’s curve has the recorded counts too', async () => {
    const { stdout } = await cachelab(
      `evict curve --policies lru,opt --points 3 --format csv --trace ${path}`.split(' '),
    )
    expect(stdout.split('\n')[0]).toBe('capacity,lru,opt')
    expect(stdout.split('\n')[3]).toBe('903,0.0903,0.0903')
  })
})

describe('options that change nothing are pointed out', () => {
  test.each([
    ['ring --placement jump --vnodes 3 --seed 1', ['jump does not use --vnodes', 'jump does not use --seed']],
    ['ring --placement slots --hash md5', ['slots does not use --hash']],
    ['ring --load-factor 2', ['ring does not use --load-factor']],
    ['ring --placement modulo --seed 1 --workload uniform', []],
  ])('%s', async (line, notes) => {
    const { stderr, code } = await cachelab(line.split(' '))
    expect(code).toBe(0)
    expect(stderr.split('\n').filter(Boolean)).toEqual(notes.map((note) => `note: --placement ${note}`))
  })
})

describe('determinism', () => {
  test('same bytes on repeat, in another time zone and locale', async () => {
    for (const line of [
      'ring --workload zipf',
      'ring sweep --runs 3 --vnodes 5,50',
      'ring min-vnodes --runs 5 --within 30% --keys 1000',
    ]) {
      const first = await cachelab(line.split(' '))
      // A time zone and a locale are those of a process.
      const env = { TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
      expect(await program(line.split(' '), { env })).toEqual(first)
      expect(first.code).toBe(0)
    }
  })

  test('a seed draws another ring, and the same one again', async () => {
    const [one, again, two] = await Promise.all(
      ['1', '1', '2'].map((seed) => cachelab(['ring', '--seed', seed])),
    )
    expect(one.stdout).toBe(again.stdout)
    expect(one.stdout).not.toBe(two.stdout)
    expect(one.stdout).not.toBe((await cachelab(['ring'])).stdout)
  })
})
