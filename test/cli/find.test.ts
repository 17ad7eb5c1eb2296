import { describe, expect, test } from 'vitest'
import { findable } from '../../src/cli/findable.js'
import { createProgram } from '../../src/cli/program.js'
import { children, routes } from '../../src/cli/routes.js'
import { finder } from '../../src/find/report.js'
import { texts } from '../../src/find/texts.js'
import { cachelab } from './in-process.js'

/** The commands that are found, the best first. */
async function found(...words: string[]): Promise<string[]> {
  const { stdout, stderr, code } = await cachelab(['find', ...words, '--format', 'json'])
  expect([stderr, code]).toEqual(['', 0])
  const { tables } = JSON.parse(stdout)
  return tables[0].rows.map((row: { command: string }) => row.command)
}

describe('find', () => {
  test.each([
    ['split brain', 'cachelab sentinel show'],
    ['split brain', 'cachelab walk sentinel'],
    ['leaderboard', 'cachelab redis demo leaderboard'],
    ['calcification', 'cachelab memcached calcify'],
    ['hot keys', 'cachelab walk skew'],
    ['eviction policies', 'cachelab evict policies'],
    ['zadd', 'cachelab redis explain ZADD'],
    ['CRC16', 'cachelab walk cluster'],
    ['how many keys move', 'cachelab check keys-moved'],
    ['hash mod n', 'cachelab docs experiments'],
  ])('%s: %s', async (words, command) => expect(await found(...words.split(' '))).toContain(command))

  test('every command is found by its own name, and by its summary', async () => {
    const find = finder([...(await findable({ routes, children, createProgram })), ...texts()])
    const found = (words: string) => find(words).tables[0].rows.map(({ command }) => command)
    for (const { path, summary, hidden } of routes) {
      if (hidden || path[0] === 'find') continue
      const command = `cachelab ${path.join(' ')}`
      expect(found(summary), summary).toContain(command)
      expect(found(path.join(' '))[0]).toBe(command)
    }
  })

  test('endings, other names and typing errors are the same word', async () => {
    const commands = await found('virtual', 'nodes')
    expect(commands[0]).toBe('cachelab ring min-vnodes')
    expect(commands).toContain('cachelab walk virtual-nodes')
    for (const words of [
      ['virtual', 'node'],
      ['vnodes'],
      ['vnode'],
      ['VNODES'],
      ['virtual-nodes'],
      ['virtual nodes'],
    ])
      expect(await found(...words)).toEqual(commands)
    expect(await found('virtaul', 'nodes')).toContain('cachelab ring min-vnodes')
    expect(await found('evcition')).toContain('cachelab evict')
    expect(await found('caches')).toEqual(await found('cache'))
  })

  test('names that several commands take stand for the first of them', async () => {
    const commands = await found('follow')
    expect(commands).toContain('cachelab check follow')
    expect(commands).not.toContain('cachelab solution follow')
  })

  test('a term is explained', async () => {
    expect((await cachelab(['find', 'vnode'])).stdout).toMatch(
      /^virtual node: one of a node's positions on a ring\.$/m,
    )
    expect((await cachelab(['find', 'Quorum'])).stdout).toMatch(/^quorum, majority: /m)
  })

  test.each([80, 40, 200])('fits a screen of %i columns', async (columns) => {
    for (const words of ['split brain', 'ring', 'hit ratio', 'keys', 'a']) {
      const { stdout } = await cachelab(['find', words], { columns, env: { NO_COLOR: '1' } })
      const lines = stdout.trimEnd().split('\n')
      expect(lines.length).toBeLessThanOrEqual(23)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)
    }
  })

  test('nothing found is no error', async () => {
    const { stdout, stderr, code } = await cachelab(['find', 'xyzzyq'])
    expect([stderr, code]).toEqual(['', 0])
    expect(stdout).toMatch(/^Nothing has these words\./)
    expect(await found('xyzzyq')).toEqual([])
  })

  test('some of the words are better than none, and it says so', async () => {
    const { stdout } = await cachelab(['find', 'eviction', 'xyzzyq'])
    expect(stdout).toMatch(/^Nothing has all of these words\./)
    expect(stdout).toContain('cachelab evict')
  })

  test('without a word', async () => {
    expect(await cachelab(['find'])).toMatchObject({ code: 2, stdout: '' })
    expect(await cachelab(['find', ' '])).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('a word that is no command', () => {
  test.each([
    ['hash-ring', 'cachelab walk ring'],
    ['split brain', 'cachelab sentinel show'],
    ['virtual nodes --vnodes 3', 'cachelab ring min-vnodes'],
    ['leaderboard', 'leaderboard'],
    ['cluster crossslot', 'cachelab cluster run'],
  ])('%s: %s', async (line, command) => {
    const { stdout, stderr, code } = await cachelab(line.split(' '))
    expect([stdout, code]).toEqual(['', 2])
    expect(stderr).toMatch(/^error: unknown command "[^\n]*; try cachelab [^\n]*\n$/)
    expect(stderr).toContain(command)
  })

  test('that is nowhere', async () => {
    expect(await cachelab(['xyzzyq'])).toMatchObject({
      stdout: '',
      code: 2,
      stderr:
        'error: unknown command "xyzzyq"; cachelab find looks for words, and cachelab --help lists the commands\n',
    })
  })
})
