import { describe, expect, test } from 'vitest'
import { run } from '../../src/cli/run.js'
import { displayWidth } from '../../src/report/width.js'
import { cachelab } from './in-process.js'
import { solvedLab, temporaryFolder } from './lab.js'

test.each([
  ['--help'],
  ['redis'],
  ['redis demo lock'],
  ['redis explain LPUSH'],
  ['cluster'],
  ['walk'],
  ['walk memcached'],
  ['replicate trace'],
  ['cluster reshard --keys 10 --duration 1s'],
  ['find nonsensical'],
])('%s fits on narrow screens', async (words) => {
  for (const columns of [20, 30, 54]) {
    const { stdout } = await run(words.split(' '), { columns })
    for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(columns)
  }
})

test('answers from a pipe are shown harmless', async () => {
  const { stdout } = await run(['quiz', '--questions', '1'], { stdin: '\u001b[2J\n' })
  expect(stdout).toContain('> \\x1b[2J\n')
})

test('a sentence is broken in a pipe too, before a command that stays whole', async () => {
  const { stdout } = await run(['find', 'nonsensical'])
  expect(stdout).toMatch(/\n {2}cachelab --help\n$/)
})

test('no screen is believed to be a billion columns wide', async () => {
  const words = ['ring', 'sweep', '--keys', '2', '--runs', '1', '--vnodes', '1,2']
  const { stdout } = await run(words, { env: { COLUMNS: '1e9' } })
  const widths = stdout.split('\n').map(displayWidth)
  expect(Math.max(...widths)).toBeLessThanOrEqual(1000)
})

test.each(['sentinel show', 'redis choose'])('%s lists the names in each format', async (words) => {
  const listed = async (format: string) => (await run([...words.split(' '), '--format', format])).stdout
  const { command, tables } = JSON.parse(await listed('json'))
  expect(command).toBe(words)
  const [first] = tables[0].rows
  for (const format of ['table', 'csv', 'markdown']) {
    const text = await listed(format)
    expect(text).toContain(first.name)
    expect(text).toContain(first.title)
  }
})

describe('commands to copy stay whole on narrow screens', () => {
  /** What a shell reads of the lines, each of which begins with a command; sentences before it are left out. */
  const commandsOf = (text: string) =>
    text.replaceAll(/ \\\n\s*/g, ' ').match(/(?<=^|^ +|: |\? )(cd \S+ && npm|cachelab) .*$/gm)

  const begun = solvedLab(undefined, 'js', 'starter')
  const name = 'my-first-lab-of-distributed-caching'
  test.each<[string, string, string[]]>([
    [begun, 'check hash-ring', ['cachelab hint hash-ring']],
    [solvedLab(), 'check hash-ring', ['cachelab check keys-moved']],
    [begun, 'reset keys-moved', ['cachelab check keys-moved']],
    [temporaryFolder(), `init ${name} --language js`, [`cd ${name} && npm install && npm run exercises`]],
    [begun, 'redis demo lock', ['cachelab redis']],
  ])('%s: %s', async (cwd, line, expected) => {
    for (const columns of [24, 80]) {
      const words = line.replace(name, `${name}-${columns}`).split(' ')
      const { stdout } = await cachelab(words, { columns, cwd, env: { NO_COLOR: '1' } })
      const end = stdout.trimEnd().split('\n\n').at(-1)!
      expect(commandsOf(end)).toEqual(expected.map((each) => each.replace(name, `${name}-${columns}`)))
    }
  })

  test('hints', async () => {
    const hints = async (columns: number) => {
      let stdout = ''
      for (let i = 0; i < 9; i++)
        stdout = (await cachelab(['hint', 'hash-ring'], { columns, cwd: begun })).stdout
      return commandsOf(stdout)
    }
    for (const columns of [24, 40, 80])
      expect(await hints(columns)).toEqual(['cachelab hint hash-ring --again', 'cachelab solution hash-ring'])
  })
})
