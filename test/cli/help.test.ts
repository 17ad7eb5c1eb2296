import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'
import { byLayer, testOnce } from '../layer.js'
import { cachelab, shell } from './in-process.js'
import { solvedLab, temporaryFolder } from './lab.js'
import { root, shell as startedShell } from './run.js'

/** What only works where there is a lab. */
const labCommands = ['exercises', 'check', 'hint', 'solution', 'reset', 'grade']
/** Watching and serving don't end; comparing needs a server, and a lab those that it starts. */
const endless = ['watch', 'redis serve', 'redis compare', 'lab', 'lab up', 'lab down', 'lab failover']

/** Experiments of a second and more: their examples run in the thorough layer, and quick has their golden output. */
const LONG = [
  ...[
    'ring min-vnodes',
    'replicate check',
    'replicate scale',
    'tiers',
    'memcached calcify',
    'check',
    'grade',
  ],
  ...['cluster verify', 'cluster add-node', 'cluster failover', 'cluster remove-node', 'cluster compare'],
]

const visible = routes.filter((route) => !route.hidden).map(({ path }) => path.join(' '))

/** The examples in a command's help. */
async function examplesOf(name: string): Promise<string[]> {
  const { stdout, code } = await cachelab([...name.split(' '), '--help', '--all'])
  expect(code).toBe(0)
  expect(stdout).toContain(`Usage: cachelab ${name}`)
  const examples = [...stdout.matchAll(/^ {2}\$ (.+)$/gm)].map((match) => match[1])
  expect(examples).toHaveLength(3)
  return examples
}

/** A folder for an example that writes: an empty one, or one with the lab that it brings up to date. */
function folderFor(example: string): string {
  const folder = temporaryFolder()
  if (example.includes('--update')) solvedLab(join(folder, 'my-lab'))
  return folder
}

/** Runs examples where the command works. */
async function expectToRun(
  name: string,
  examples: readonly string[],
  run: typeof startedShell,
): Promise<void> {
  const lab = labCommands.includes(name) ? solvedLab() : undefined
  if (lab) solvedLab(join(lab, 'my-lab'))
  for (const example of examples) {
    // One exercise shows that an option works: all of them are graded elsewhere.
    const isLong = name === 'grade' && !example.includes('--exercise')
    const result = await run(isLong ? `${example} --exercise keys-moved` : example, {
      cwd: ['init', 'again', 'merge', 'new'].includes(name) ? folderFor(example) : (lab ?? root),
    })
    const said = name === 'again' ? expect.stringContaining('the result is the same, byte for byte') : ''
    expect(result).toMatchObject({ code: 0, stderr: said })
    // Replies alone are short.
    expect(result.stdout.length).toBeGreaterThan(name.startsWith('redis') ? 5 : 80)
  }
}

describe.each(visible)('%s --help', (name) => {
  test('fits a screen, shows the five options that matter first, and counts the rest', async () => {
    const flags = (text: string) => [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag)
    const help = (...more: string[]) => cachelab([...name.split(' '), '--help', ...more], { columns: 80 })
    const [{ stdout: short }, { stdout: whole }] = [await help(), await help('--all')]
    expect(short.trimEnd().split('\n').length).toBeLessThanOrEqual(23)
    const all = flags(whole).filter((flag) => flag !== '--help' && flag !== '--ascii')
    const shown = flags(short)
    expect(all).toEqual(expect.arrayContaining(shown))
    expect(shown).toHaveLength(Math.min(5, all.length))
    const rest = Number(/^(\d+) more options?\b/m.exec(short)?.[1] ?? 0)
    expect(rest).toBe(all.length - shown.length)
    const unseen = Number(/(\d+) more examples?/.exec(short)?.[1] ?? 0)
    expect(unseen).toBe(3 - [...short.matchAll(/^ {2}\$ /gm)].length)
    if (rest + unseen > 0) expect(short.replaceAll(/\s+/g, ' ')).toContain(`: cachelab ${name} --help --all`)
  })

  test('has a summary and three examples that run', async () => {
    const examples = await examplesOf(name)
    // Quick tries an example of a group's first command: the golden outputs run the others.
    const tried = examples.slice(0, byLayer(name.includes(' ') || LONG.includes(name) ? 0 : 1, 3))
    if (!endless.includes(name)) await expectToRun(name, tried, shell)
  })
})

testOnce.each(['ring', 'evict policies', 'redis run', 'cluster slot', 'memcached slabs', 'completion'])(
  'the examples of %s, as they are typed',
  async (name) => expectToRun(name, await examplesOf(name), startedShell),
)

test('help puts the options that are declared as important first', async () => {
  const shown = async (name: string) =>
    [...(await cachelab([...name.split(' '), '--help'])).stdout.matchAll(/^ {2}--([\w-]+)/gm)].map(
      ([, flag]) => flag,
    )
  expect(await shown('ring compare')).toEqual(['nodes', 'vnodes', 'add', 'remove', 'remove-node'])
  expect(await shown('sentinel run')).toEqual(['sentinels', 'quorum', 'replicas', 'down-after', 'kill'])
})

test.each([
  ['help ring', 'ring --help'],
  ['ring help', 'ring --help'],
  ['ring help sweep', 'ring sweep --help'],
  ['help ring sweep', 'ring sweep --help'],
  ['ring sweep help', 'ring sweep --help'],
  ['walk help', 'walk --help'],
  ['redis demo help', 'redis demo --help'],
  ['sentinel help', 'sentinel --help'],
  ['help ring --all', 'ring --help --all'],
  ['help help', '--help'],
])('%s is %s', async (line, same) => {
  const asked = await cachelab(line.split(' '))
  expect(asked).toMatchObject({ code: 0, stderr: '' })
  expect(asked).toEqual(await cachelab(same.split(' ')))
})

test('a key may be called help', async () => {
  expect((await cachelab(['ring', 'route', 'help'])).stdout).toContain('"help" is at')
})

test('redis explain without a word lists what it explains', async () => {
  const { stdout, stderr, code } = await cachelab(['redis', 'explain'])
  expect([stderr, code]).toEqual(['', 0])
  for (const name of ['ZADD', 'HSET', 'EVAL', 'MULTI']) expect(stdout).toMatch(new RegExp(`\\b${name}\\b`))
})
