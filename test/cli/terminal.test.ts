import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/width.js'
import { byLayer, isThorough, testOnce } from '../layer.js'
import { cachelab } from './in-process.js'
import { cpuMs, until } from './processes.js'
import { shell, cachelab as startedCachelab, terminal } from './run.js'

const COLOUR = '\u001b['
const CLEARED = '\u001b[K'
const lines = [
  'ring --workload zipf',
  'ring compare',
  'ring sweep --runs 3 --vnodes 1,10,100',
  'ring draw --vnodes 3 --add 1',
  'ring hashes',
  'replicate --kill node-B',
  'replicate timeline --keys 500 --duration 2s --kill node-B@500ms',
  'replicate trace key',
  'walk',
  'ring --help',
  'redis demo --help',
  'help',
  'cluster',
  'docs',
  'redis demo lock',
  'redis choose',
  'sentinel show',
]
/** Of these lines, those that have nothing to colour. */
const plain = /help|^(cluster|docs|redis choose|sentinel show)$/

describe('colour', () => {
  testOnce('none in a pipe, unless forced', async () => {
    expect((await startedCachelab(['ring'])).stdout).not.toContain(COLOUR)
    expect((await cachelab(['ring'], { env: { FORCE_COLOR: '1' } })).stdout).toContain(COLOUR)
    expect((await cachelab(['ring'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain(
      COLOUR,
    )
    expect((await cachelab(['ring'], { env: { FORCE_COLOR: '0' } })).stdout).not.toContain(COLOUR)
  })

  testOnce('in a terminal, but not with NO_COLOR or a dumb one', async () => {
    expect((await terminal('cachelab ring', 80, { TERM: 'xterm' })).stdout).toContain(COLOUR)
    expect((await terminal('cachelab ring', 80, { TERM: 'xterm', NO_COLOR: '1' })).stdout).not.toContain(
      COLOUR,
    )
    expect((await terminal('cachelab ring', 80, { TERM: 'dumb' })).stdout).not.toContain(COLOUR)
  })
})

testOnce('an error is one line in a pipe, and wrapped between words in a terminal', async () => {
  const line = (await startedCachelab(['evict', '--policies', 'wrong'])).stderr
  const { stdout } = await terminal('cachelab evict --policies wrong', 50)
  expect(line).toMatch(/^error: [^\n]{60,}\n$/)
  expect(stdout.replaceAll('\n', ' ').trim()).toBe(line.trim())
  expectToFit(stdout, 50)
})

/** Expects that a line's output is as wide as a terminal at most. */
function expectToFit(stdout: string, columns: number): void {
  for (const text of stdout.split('\n')) {
    // On a slow machine progress was shown, and taken away again.
    const [left] = text.split(CLEARED).slice(-1)
    expect(displayWidth(left)).toBeLessThanOrEqual(columns)
  }
}

describe.each(byLayer([80, 40], [120, 80, 60, 40]))('a terminal of %i columns', (columns) => {
  test.each(lines)('%s fits', async (line) => {
    const { stdout, code } = await cachelab(line.split(' '), { columns })
    expect(code).toBe(0)
    if (!plain.test(line)) expect(stdout).toContain(COLOUR)
    expectToFit(stdout, columns)
  })

  test('a real one', async () => {
    const { stdout, code } = await terminal('cachelab ring compare', columns, { TERM: 'xterm' })
    expect(code).toBe(0)
    expectToFit(stdout, columns)
    expect(stdout).toContain((await cachelab(['ring', 'compare'], { columns })).stdout)
  })
})

testOnce('a drawing fits 80 columns and 24 lines', async () => {
  for (const line of ['--vnodes 3', '--vnodes 3 --add 1', '--nodes 10', '--nodes 10 --remove-node node-C']) {
    const { stdout } = await cachelab(`ring draw ${line}`.split(' '), { columns: 80 })
    expect(stdout.split('\n').length).toBeLessThanOrEqual(24)
  }
})

testOnce('names and keys can’t repaint the terminal', async () => {
  const { stdout } = await cachelab(['ring', 'route', 'a\u001b[31mb', '--nodes', 'x\u0007,y'])
  expect(stdout).not.toContain('\u001b')
  expect(stdout).not.toContain('\u0007')
  expect(stdout).toContain('a\\x1b[31mb')
})

describe('who reads may stop', () => {
  testOnce('head', async () => {
    const { stdout, stderr, code } = await shell(
      'set -o pipefail; cachelab ring route --format csv < <(seq 200000) | head -1',
    )
    expect(stdout).toBe('key,hash,vnode,node,replicas\n')
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  testOnce.each([
    ['an experiment', 'ring min-vnodes --runs 10000 --nodes 8'],
    ['keys that are placed', 'ring --keys 100000000 --placement rendezvous --nodes 50'],
    ['a simulation', 'replicate scale --jitter 200ms --requests 1000000'],
    ['work on another core', 'cluster verify --schedules 1 --duration 490s'],
    ['structures that are filled', 'redis complexity --sizes 100,1000000'],
  ])('Ctrl-C ends %s with 130', async (_, line) => {
    const { code, stdout, stderr } = await startedCachelab(line.split(' '), {
      // The start takes a fifth of that.
      started: (kill, pid) => void until(() => cpuMs(pid) > 500).then(() => kill('SIGINT')),
    })
    expect([code, stdout, stderr]).toEqual([130, '', ''])
  })
})

test.runIf(isThorough)('long work shows progress to a person, and takes it away again', async () => {
  const { stdout } = await terminal(
    `cachelab ring --keys ${byLayer(1, 3)}000000 --placement rendezvous --nodes 100 --format csv`,
    80,
  )
  expect(stdout).toMatch(/placing keys: \d+%/)
  expect(stdout).toContain(`${COLOUR}Knode,keys,share`)
  expect((await startedCachelab(['ring', '--keys', '1000000', '--format', 'csv'])).stderr).toBe('')
})

describe('a locale', () => {
  const NOT_ASCII = /[^\0-\x7f]/
  const cut = { LC_ALL: 'C' }

  testOnce('without UTF-8 gets ASCII in drawings, prose, help, names and errors', async () => {
    for (const line of [
      'ring',
      'evict curve',
      'ring draw --vnodes 3',
      'walk ring',
      'ring --help',
      'ring route ключ',
    ]) {
      const { stdout, stderr } = await cachelab(line.split(' '), { env: cut })
      expect(stdout).toMatch(/\w/)
      expect(stdout + stderr, line).not.toMatch(NOT_ASCII)
    }
    expect((await cachelab(['ring', '--nodes', 'é,é'], { env: cut })).stderr).not.toMatch(NOT_ASCII)
  })

  testOnce('leaves tables aligned', async () => {
    const { stdout } = await cachelab(['ring', 'route', 'ключ', 'key'], { env: cut })
    const rows = stdout.split('\n').filter((text) => /node-\w#/.test(text) && !text.includes('Rule'))
    expect(rows[0]).toContain('\\u{43a}\\u{43b}\\u{44e}\\u{447}')
    expect(new Set(rows.slice(0, 2).map((row) => row.indexOf('#'))).size).toBe(1)
  })

  testOnce('is LC_ALL, else LC_CTYPE, else LANG; without any it is UTF-8', async () => {
    const shown = async (env: Record<string, string>) =>
      NOT_ASCII.test((await cachelab(['ring'], { env })).stdout)
    expect(await shown({})).toBe(true)
    expect(await shown({ LC_ALL: '', LANG: 'de_DE.utf8' })).toBe(true)
    expect(await shown({ LC_CTYPE: 'C', LANG: 'C.UTF-8' })).toBe(false)
    expect(await shown({ LC_ALL: 'C.UTF-8', LC_CTYPE: 'C' })).toBe(true)
  })

  testOnce('needn’t be changed where --ascii is given, before or after a command', async () => {
    for (const line of ['evict curve', 'ring --help', 'ring route ключ', 'ring --nodes é,é', 'rong']) {
      const words = line.split(' ')
      const wanted = await cachelab(words, { env: cut })
      expect(await cachelab([...words, '--ascii'])).toEqual(wanted)
      expect(await cachelab(['--ascii', ...words])).toEqual(wanted)
    }
    // What follows -- is no option.
    expect((await cachelab(['ring', 'route', '--', '--ascii', 'ключ'])).stdout).toContain('ключ')
  })

  testOnce('doesn’t change data', async () => {
    const args = ['ring', 'route', 'ключ', '--format', 'csv']
    expect(await cachelab(args, { env: cut })).toEqual(await cachelab(args))
  })
})

testOnce('errors and statuses of Redis show what would act on a terminal', async () => {
  const { stdout } = await cachelab(['redis', 'run', '-'], { input: 'a\u001b[31mb\n' })
  expect(stdout).toContain('\\x1b[31m')
  expect(stdout).not.toContain('\u001b')
})
