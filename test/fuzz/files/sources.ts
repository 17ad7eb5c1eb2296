import { readdirSync, readFileSync } from 'node:fs'

/** A real file, and the commands that read such a file. */
export interface Source {
  /** Where it is put, in the current folder or, from `~`, in the folder of saved states. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly uses: readonly (readonly string[])[]
}

/** Of a longer file, its beginning: a case is a short one. */
const MAX_BYTES = 20_000
const FIXTURES = 'test/fixtures/'
const FILE = 'in.txt'

const TRACES = [
  ['evict', '--policies', 'lru', '--capacity', '20', '--trace', FILE],
  ['evict', '--policies', 'lru,lfu', '--capacity', '1KB', '--trace', FILE],
  ['evict', 'curve', '--policies', 'lru', '--trace', FILE],
  ['evict', 'steps', '--capacity', '3', '--trace', FILE],
  ['evict', 'distributed', '--trace', FILE],
  ['tiers', '--trace', FILE],
]
const LINES = [
  ['ring', '--keys-from', FILE],
  ['ring', 'route', '--keys-from', FILE],
  ['memcached', 'slabs', '--items-from', FILE],
]
const SCRIPTS = [
  ['redis', 'run', FILE],
  ['redis', 'run', 'script.redis', '--expect', FILE],
  ['cluster', 'run', FILE],
]
const LAB = [
  ['grade', '.', '--isolation', 'none', '--seed', '1'],
  ['exercises'],
  ['check', 'hash-ring'],
  ['hint', 'hash-ring'],
]

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
const text = (bytes: string, uses: Source['uses']): Source => ({
  path: FILE,
  bytes: Buffer.from(bytes),
  uses,
})

/** Records of oracleGeneral: time, object, size, next request. */
function oracleGeneral(): Buffer {
  const record = Buffer.alloc(24)
  return Buffer.concat(
    Array.from({ length: 60 }, (_, i) => {
      record.writeUInt32LE(i, 0)
      record.writeBigUInt64LE(BigInt((i * i) % 17), 4)
      record.writeUInt32LE(100 + i, 12)
      record.writeBigInt64LE(-2n, 16)
      return Buffer.from(record)
    }),
  )
}

/** All files that cases are made from. */
export function loadSources(): Source[] {
  const read = (path: string, uses: Source['uses']): Source => {
    const bytes = readFileSync(path)
    return {
      path: FILE,
      bytes: bytes.subarray(0, bytes.length > 4 * MAX_BYTES ? MAX_BYTES : undefined),
      uses,
    }
  }
  const named = (folder: string, end: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(end))
      .map((name) => folder + name)
  const lab = { exercises: { 'hash-ring': { file: 'none.py', command: ['python3', 'host.py', 'none.py'] } } }
  const progress = { digest: '0123456789abcdef', passed: 1, checks: 4, hints: 2, solution: false, next: 'a' }
  return [
    ...named(`${FIXTURES}traces/`, '').map((path) => read(path, TRACES)),
    { path: FILE, bytes: oracleGeneral(), uses: TRACES },
    text('time,key,size,op,ttl\n1,a,10,get,0\n2,b,20,set,60\n3,"c ""d""",5,delete,0\n', TRACES),
    text('1,key one,7,100,3,get,0\n2,key,7,100,3,set,3600\n', TRACES),
    text('user:1\nuser:2\nSession:ä\n\n', [...LINES, ...TRACES]),
    text('50\n100\n2KB\n1.5MB\n', LINES),
    ...[...named(FIXTURES, '.redis'), ...named('src/redis-guide/demos/', '.redis')].map((path) =>
      read(path, SCRIPTS),
    ),
    text('> SET a 1\nOK\n> GET a\n"1"\n', SCRIPTS),
    { path: 'cachelab.json', bytes: json(lab), uses: LAB },
    {
      path: '.cachelab/progress.json',
      bytes: json({ at: 'x', exercises: { 'hash-ring': progress } }),
      uses: LAB,
    },
    {
      path: '~/cachelab/walk.json',
      bytes: json({ 'hash-ring': 2, ring: 1 }),
      uses: [['walk'], ['walk', 'ring']],
    },
    { path: '~/cachelab/redis-history.json', bytes: json({ lines: ['GET a'] }), uses: [['redis']] },
    {
      path: '~/cachelab/servers.json',
      bytes: json({ folder: '/nowhere', servers: [{ kind: 'redis', port: 7000, pid: 1, args: ['a'] }] }),
      uses: [['lab']],
    },
  ]
}

/** The lab beside a file of progress. */
export const LAB_BESIDE = { 'cachelab.json': '{"exercises":{"hash-ring":{"file":"none.ts"}}}\n' }
