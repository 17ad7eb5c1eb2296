import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { cachelab } from '../../cli/in-process.js'
import { root } from '../../cli/run.js'
import { folderOf } from '../../own/files.js'

/** An LRU that can be asked, with one thing wrong in each class below. */
const LRU = `class Lru {
  constructor(capacity) { this.capacity = capacity; this.inside = new Map(); this.bytes = 0 }
  full() { return this.bytes > this.capacity }
  access(key, size = 1) {
    const hit = this.inside.has(key)
    const bytes = this.inside.get(key) ?? size
    this.remove(key)
    this.inside.set(key, bytes)
    this.bytes += bytes
    while (this.full()) this.remove(this.inside.keys().next().value)
    return hit
  }
  has(key) { return this.inside.has(key) }
  remove(key) { this.bytes -= this.inside.get(key) ?? 0; this.inside.delete(key) }
}
const seen = new Set()
`
const RANKED = `class Ranked {
  constructor(nodes, { hash }) { this.nodes = nodes; this.hash = hash }
  ranked(key) { const w = (n) => this.hash(n + '|' + key); return [...this.nodes].sort((a, b) => w(b) - w(a)) }
  locate(key) { return this.ranked(key)[0] }
  replicas(key, count) { return this.ranked(key).slice(0, count) }
}
let made = 0
`
const fnv = `let h = 2166136261; for (const c of text) h = Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0;`

/** The kind, what its file says, and the checks that it must fail. */
const bank: Readonly<
  Record<string, readonly [kind: string, source: string, failed: string[], more?: string[]]>
> = {
  right: ['policy', `${LRU} export default Lru`, [], ['--like', 'lru']],
  oneTooMany: [
    'policy',
    `${LRU} export default class extends Lru { full() { return this.bytes > this.capacity + 1 } }`,
    ['capacity', 'optimum', 'bytes', 'optimum-bytes'],
  ],
  countsKeys: [
    'policy',
    `${LRU} export default class extends Lru { full() { return this.inside.size > this.capacity } }`,
    ['bytes', 'optimum-bytes'],
  ],
  hitsFirst: [
    'policy',
    `${LRU} export default class extends Lru { access(key, size) { return super.access(key, size) || key === 2 } }`,
    ['first', 'has', 'optimum', 'optimum-bytes'],
  ],
  hasTouches: [
    'policy',
    `${LRU} export default class extends Lru { has(key) { const is = super.has(key); if (is) this.access(key); return is } }`,
    ['looks'],
  ],
  lies: ['policy', `${LRU} export default class extends Lru { has() { return false } }`, ['has', 'remove']],
  shared: [
    'policy',
    `${LRU} export default class extends Lru { constructor(c) { super(c); this.first = seen.size; seen.add(seen.size) }
      access(key, size) { const hit = super.access(key, size); return hit && this.first % 2 === 0 } }`,
    ['has', 'looks', 'deterministic'],
  ],
  keeps: [
    'policy',
    `${LRU} export default class extends Lru { remove(key) { if (this.full()) super.remove(key) } }`,
    ['remove'],
  ],
  never: ['policy', 'export default () => () => false', ['hits']],
  maybe: [
    'policy',
    `${LRU} export default class extends Lru { access(key, size) { return super.access(key, size) || (key === 1 ? undefined : false) } }`,
    ['runs'],
  ],
  throws: [
    'policy',
    `${LRU} export default class extends Lru { access(key, size) { if (this.inside.size > 1) null.x\n return super.access(key, size) } }`,
    ['runs'],
  ],
  notFifo: ['policy', `${LRU} export default Lru`, ['like'], ['--like', 'fifo']],
  modulo: [
    'placement',
    'export default (nodes, { hash }) => (key) => nodes[hash(key) % nodes.length]',
    ['order'],
  ],
  moves: [
    'placement',
    'export default (nodes, { hash }) => (key) => [...nodes].sort()[hash(key) % nodes.length]',
    ['grow', 'leave'],
    ['--consistent'],
  ],
  idle: [
    'placement',
    `${RANKED} export default class extends Ranked { locate(key) { return this.ranked(key).find((n) => n !== 'node-B') ?? 'node-B' } }`,
    ['used', 'owner'],
  ],
  twice: [
    'placement',
    `${RANKED} export default class extends Ranked { replicas(key, count) { return Array(count).fill(this.locate(key)) } }`,
    ['replicas', 'owner'],
  ],
  chance: [
    'placement',
    `${RANKED} export default (nodes, options) => { const turn = made++; const r = new Ranked(nodes, options)
    return (key) => (turn % 2 ? nodes[0] : r.locate(key)) }`,
    ['deterministic', 'order', 'used'],
  ],
  signed: ['hash', 'export default (text) => text.length - 5', ['range']],
  length: [
    'hash',
    `export default (text) => Math.imul(text.length, 2654435761) >>> 0`,
    ['whole', 'collisions', 'balance'],
  ],
  cut: ['hash', `export default (text) => { text = text.slice(0, 30); ${fnv} return h }`, ['whole']],
  counter: ['hash', 'let n = 0\nexport default () => (n = (n + 2654435761) >>> 0)', ['deterministic']],
  coarse: ['hash', `export default (text) => { ${fnv} return (h & 0xfff00000) >>> 0 }`, ['collisions']],
  notMd5: ['hash', `export default (text) => { ${fnv} return h }`, ['like'], ['--like', 'md5']],
  outside: [
    'workload',
    'export default ({ keys }) => { let n = 0; return () => n++ % (keys + 1) }',
    ['range'],
  ],
  ends: [
    'workload',
    'export default function* ({ keys }) { for (let i = 0; i < 10; i++) yield i % keys }',
    ['range'],
  ],
  half: ['workload', 'export default class { next(out) { out.fill(0, 0, out.length / 2) } }', ['range']],
  clock: [
    'workload',
    'let n = 0\nexport default ({ keys }) => () => n++ % (keys + 1) % keys',
    ['seed', 'cut-1', 'cut-7', 'cut-256'],
  ],
  chunks: [
    'workload',
    'export default class { constructor({ keys }) { this.keys = keys } next(out) { for (let i = 0; i < out.length; i++) out[i] = i % this.keys } }',
    ['cut-1', 'cut-7', 'cut-256'],
  ],
}

const folder = folderOf(
  Object.fromEntries(Object.entries(bank).map(([name, [, source]]) => [`${name}.mjs`, source])),
)
const tryOut = async (name: string, ...more: string[]) => {
  const args = ['try', `./${name}.mjs`, '--kind', bank[name][0], ...more, '--format', 'json']
  const { stdout, stderr, code } = await cachelab(args, { cwd: folder })
  expect(stderr).toBe('')
  const { findings } = JSON.parse(stdout) as { findings: { id: string; ok?: boolean; text: string }[] }
  const failed = findings.filter(({ ok, id }) => ok === false && id !== 'checks')
  expect(code).toBe(failed.length > 0 ? 1 : 0)
  return failed
}

test.each(Object.entries(bank))('%s', async (name, [, , failed, more = []]) => {
  expect((await tryOut(name, ...more)).map(({ id }) => id)).toEqual(failed)
})

test('what fails is shown by the shortest requests', async () => {
  const [capacity] = await tryOut('oneTooMany')
  expect(capacity.text).toBe(
    'never more keys inside than the capacity: capacity 1, seed 1, requests 0 1: at most 1 key inside was expected, and there are 2 (keys 0, 1).',
  )
  const [like] = await tryOut('notFifo', '--like', 'fifo')
  // The hit on 0 saves it in LRU, not in FIFO.
  expect(like.text).toMatch(
    /capacity 2, seed 1, requests 0 1 0 2 [01]: request 5 \(key [01]\) is a (hit|miss) here/,
  )
  const [throws] = await tryOut('throws')
  expect(throws.text).toMatch(/capacity 2, seed 1, requests 0 1 [01]: throws.mjs, line 17: TypeError: /)
  const [order] = await tryOut('modulo')
  expect(order.text).toContain('nodes node-A, node-B: key-0 is on ')
})

test('a file whose export can be several kinds is asked about, and what it doesn’t have is refused', async () => {
  const line = async (...args: string[]) => (await cachelab(['try', ...args], { cwd: folder })).stderr
  expect(await line('./modulo.mjs')).toBe(
    'error: ./modulo.mjs exports a function, which can be a policy or a placement: say which with --kind policy|placement\n',
  )
  expect(await line('./idle.mjs', '--time')).toContain('--time is for policies and hashes')
  expect(await line('./lies.mjs', '--consistent')).toContain('--consistent is for placements')
  expect(await line('./lies.mjs', '--like', 'lruu')).toContain('did you mean lru?')
  expect(await line('./none.mjs')).toBe('error: there is no file "./none.mjs"\n')
})

test('an endless loop in the file is ended by an interrupt', async () => {
  const loop = folderOf({ 'loop.mjs': "process.stdout.write('on')\nexport default () => { for (;;); }" })
  const { signal } = await interrupted(['try', './loop.mjs', '--kind', 'policy'], loop)
  expect(signal).toBe('SIGINT')
})

/** Runs the program in a process of its own, and interrupts it once the file has been loaded. */
function interrupted(args: string[], cwd: string): Promise<{ signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`${root}bin/cachelab.js`, ...args], { cwd })
    child.stdout.once('data', () => child.kill('SIGINT'))
    child.on('close', (_, signal) => resolve({ signal }))
  })
}
