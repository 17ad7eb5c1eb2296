import { describe, expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'
import { cachelab, shell } from './run.js'

const visible = routes.filter((route) => !route.hidden)

describe('one golden output a command', () => {
  const lines = {
    ring: 'ring --vnodes 150',
    'ring-load':
      'ring --placement bounded --load-factor 1.05 --nodes x,y,z --workload zipf --requests 20000 --seed 3',
    'ring-route': 'ring route user:1001 user:1002 session:abc cache:page:1 --nodes 5 --replicas 3',
    'ring-sweep': 'ring sweep --vnodes 1,10,100 --nodes 4 --runs 10',
    'ring-min-vnodes': 'ring min-vnodes --within 20% --confidence 80% --runs 30',
    'ring-min-vnodes-floor': 'ring min-vnodes --nodes 10 --runs 5',
    'ring-weights': 'ring weights --weight big=4 --weight mid=2 --weight tiny=0.5',
    'ring-rolling': 'ring rolling --from 3 --to 5',
    'ring-rolling-replace': 'ring rolling --replace node-B=node-X',
    'ring-compare': 'ring compare --nodes 4 --remove-node node-B',
    'ring-hashes': 'ring hashes',
    'ring-draw': 'ring draw --nodes 10',
    'ring-draw-change': 'ring draw --vnodes 3 --add 1',
    evict: 'evict',
    'evict-redis':
      'evict --policies lru,random,redis-lru,redis-lfu --workloads zipf --exponent 1 --capacity 98 --runs 3',
    'evict-steps': 'evict steps --policy lru --capacity 3 A B C A D',
    'evict-curve': 'evict curve --policies lru,lfu,sieve,opt --points 7',
    'evict-skew': 'evict skew --exponents 0,0.7,1.4 --runs 2',
    'evict-distributed': 'evict distributed',
    'evict-workloads': 'evict workloads',
    'evict-policies': 'evict policies',
    replicate: 'replicate --kill node-B',
    'replicate-quorum':
      'replicate --mode quorum --nodes 5 --replicas 3 --keys 1000 --kill node-A --kill node-C',
    'replicate-sweep': 'replicate sweep --nodes 4 --vnodes 5',
    'replicate-timeline': 'replicate timeline --kill node-B@2s --restart node-B@6s',
    'replicate-timeline-split':
      'replicate timeline --mode async --keys 1000 --duration 4s --partition node-A|node-B,node-C@1s --slow node-C@2s:100x --heal @3s',
    'replicate-trace': 'replicate trace user:1001',
    'replicate-trace-hang': 'replicate trace user:1001 --mode quorum --replicas 3 --hang node-B',
    'replicate-scale': 'replicate scale',
    'replicate-check': 'replicate check --schedules 100',
    docs: 'docs',
    workload: 'workload zipf --requests 5',
    quiz: 'quiz --questions 4 --seed 3',
    'quiz-list': 'quiz --list',
    tiers: 'tiers',
    'tiers-sweep': 'tiers --sweep servers --values 1,2,4,8 --warmup 2s --duration 2s',
    'sentinel-run': 'sentinel run --kill master@1s --duration 8s',
    'sentinel-sweep': 'sentinel run --sweep down-after --runs 2',
    'sentinel-show': 'sentinel show split-brain',
    'cluster-slot': 'cluster slot user:123 {user:123}:cart 12345',
    'cluster-create': 'cluster create --masters 3 --replicas 1 --hosts 3',
    'cluster-failover': 'cluster failover --duration 8s --rate 500',
    'cluster-reshard': 'cluster reshard --slots 500 --from node-C --to node-A --keys 5000',
    'cluster-add-node': 'cluster add-node --pipeline 10 --keys 5000',
    'cluster-remove-node': 'cluster remove-node node-B --masters 4 --keys 2000 --rate 100 --pipeline 10',
    'cluster-compare': 'cluster compare --runs 1',
    'cluster-choose': 'cluster choose --data 1TB --memory 64GB',
    'cluster-verify': 'cluster verify --schedules 20',
    'cluster-run': 'cluster run test/fixtures/cluster.redis',
    'memcached-slabs': 'memcached slabs --item 100 --item 5000 --item 1048576',
    'memcached-calcify': 'memcached calcify --memory 8 --rate 1000',
    'memcached-lru': 'memcached lru --requests 20000',
    'memcached-ring': 'memcached ring --weight 10.0.1.2=2 --weight 10.0.1.4=4',
    'memcached-compare': 'memcached compare',
    'memcached-choose': 'memcached choose --needs sessions,throughput',
    'redis-run': 'redis run test/fixtures/lesson.redis',
    'redis-commands': 'redis commands --group hash',
  }

  test.each(Object.entries(lines))('%s', async (name, line) => {
    const { stdout, stderr, code } = await cachelab(line.split(' '))
    expect(stderr).toBe('')
    expect(code).toBe(0)
    await expect(stdout).toMatchFileSnapshot(`golden/${name}.txt`)
    // A command to copy stays in one piece.
    const lines = stdout.split('\n').filter((text) => !text.startsWith('$ '))
    for (const text of lines) expect([...text].length).toBeLessThanOrEqual(80)
  })
})

test('without a command, and with help, the commands are listed', async () => {
  const plain = await cachelab([])
  expect(plain).toMatchObject({ code: 0, stderr: '' })
  for (const args of [['--help'], ['help'], ['-h']]) expect(await cachelab(args)).toEqual(plain)
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
      ...['cumulativeMoved', 'strayMoves', 'moduloMoved'],
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
    expect(traced.tables[1].rows[0].exponent).toBeCloseTo(drawn.parameters.exponent, 1)
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
      'ring sweep --runs 10 --vnodes 5,50',
      'ring min-vnodes --runs 20 --within 30%',
    ]) {
      const first = await cachelab(line.split(' '))
      const env = { TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
      expect(await cachelab(line.split(' '), { env })).toEqual(first)
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
