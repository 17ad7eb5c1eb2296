import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/width.js'
import { byLayer, isThorough } from '../layer.js'
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
]

describe('colour', () => {
  test('none in a pipe, unless forced', async () => {
    expect((await startedCachelab(['ring'])).stdout).not.toContain(COLOUR)
    expect((await cachelab(['ring'], { env: { FORCE_COLOR: '1' } })).stdout).toContain(COLOUR)
    expect((await cachelab(['ring'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).toContain(COLOUR)
    expect((await cachelab(['ring'], { env: { FORCE_COLOR: '0' } })).stdout).not.toContain(COLOUR)
  })

  test('in a terminal, but not with NO_COLOR or a dumb one', async () => {
    expect((await terminal('cachelab ring', 80, { TERM: 'xterm' })).stdout).toContain(COLOUR)
    expect((await terminal('cachelab ring', 80, { TERM: 'xterm', NO_COLOR: '1' })).stdout).not.toContain(
      COLOUR,
    )
    expect((await terminal('cachelab ring', 80, { TERM: 'dumb' })).stdout).not.toContain(COLOUR)
  })
})

test('an error is one line in a pipe, and wrapped between words in a terminal', async () => {
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
    expect(stdout).toContain(COLOUR)
    expectToFit(stdout, columns)
  })

  test('a real one', async () => {
    const { stdout, code } = await terminal('cachelab ring compare', columns, { TERM: 'xterm' })
    expect(code).toBe(0)
    expectToFit(stdout, columns)
    expect(stdout).toContain((await cachelab(['ring', 'compare'], { columns })).stdout)
  })
})

test('a drawing fits 80 columns and 24 lines', async () => {
  for (const line of ['--vnodes 3', '--vnodes 3 --add 1', '--nodes 10', '--nodes 10 --remove-node node-C']) {
    const { stdout } = await cachelab(`ring draw ${line}`.split(' '), { columns: 80 })
    expect(stdout.split('\n').length).toBeLessThanOrEqual(24)
  }
})

test('names and keys can’t repaint the terminal', async () => {
  const { stdout } = await cachelab(['ring', 'route', 'a\u001b[31mb', '--nodes', 'x\u0007,y'])
  expect(stdout).not.toContain('\u001b')
  expect(stdout).not.toContain('\u0007')
  expect(stdout).toContain('a\\x1b[31mb')
})

describe('who reads may stop', () => {
  test('head', async () => {
    const { stdout, stderr, code } = await shell(
      'set -o pipefail; cachelab ring route --format csv < <(seq 200000) | head -1',
    )
    expect(stdout).toBe('key,hash,vnode,node,replicas\n')
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test.each([
    ['an experiment', 'ring min-vnodes --runs 10000 --nodes 8'],
    ['keys that are placed', 'ring --keys 100000000 --placement rendezvous --nodes 50'],
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
