import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/width.js'
import { cachelab, shell, terminal } from './run.js'

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
    expect((await cachelab(['ring'])).stdout).not.toContain(COLOUR)
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

describe.each([120, 80, 60, 40])('a terminal of %i columns', (columns) => {
  test.each(lines)('%s fits', async (line) => {
    const { stdout, code } = await terminal(`cachelab ${line}`, columns)
    expect(code).toBe(0)
    for (const text of stdout.split('\n')) {
      // On a slow machine progress was shown, and taken away again.
      const [left] = text.split(CLEARED).slice(-1)
      expect(displayWidth(left)).toBeLessThanOrEqual(columns)
    }
  })
})

test('a drawing fits 80 columns and 24 lines', async () => {
  for (const line of ['--vnodes 3', '--vnodes 3 --add 1', '--nodes 10', '--nodes 10 --remove-node node-C']) {
    const { stdout } = await terminal(`cachelab ring draw ${line}`, 80)
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

  test('Ctrl-C ends it with 130', async () => {
    const started = Date.now()
    const { code, stderr } = await cachelab(['ring', 'min-vnodes', '--runs', '10000', '--nodes', '8'], {
      started: (kill) => setTimeout(() => kill('SIGINT'), 1500),
    })
    expect(code).toBe(130)
    expect(stderr).toBe('')
    expect(Date.now() - started).toBeLessThan(5000)
  })

  test('Ctrl-C while keys are placed', async () => {
    const { code, stdout } = await cachelab(
      ['ring', '--keys', '100000000', '--placement', 'rendezvous', '--nodes', '50'],
      {
        started: (kill) => setTimeout(() => kill('SIGINT'), 1500),
      },
    )
    expect(code).toBe(130)
    expect(stdout).toBe('')
  })
})

test('long work shows progress to a person, and takes it away again', async () => {
  const { stdout } = await terminal(
    'cachelab ring --keys 3000000 --placement rendezvous --nodes 100 --format csv',
    80,
  )
  expect(stdout).toMatch(/placing keys: \d+%/)
  expect(stdout).toContain(`${COLOUR}Knode,keys,share`)
  expect((await cachelab(['ring', '--keys', '3000000', '--format', 'csv'])).stderr).toBe('')
})
