import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../../src/cli/routes.js'
import { byLayer } from '../layer.js'
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
  const { stdout, code } = await cachelab([...name.split(' '), '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain(`Usage: cachelab ${name}`)
  const examples = [...stdout.matchAll(/^ {2}\$ (.+)$/gm)].map((match) => match[1])
  expect(examples).toHaveLength(3)
  return examples
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
    const result = await run(example, { cwd: name === 'init' ? temporaryFolder() : (lab ?? root) })
    expect(result).toMatchObject({ code: 0, stderr: '' })
    // Replies alone are short.
    expect(result.stdout.length).toBeGreaterThan(name.startsWith('redis') ? 5 : 80)
  }
}

describe.each(visible)('%s --help', (name) => {
  test('has a summary and three examples that run', async () => {
    const examples = await examplesOf(name)
    // Quick tries an example of a group's first command: the golden outputs run the others.
    const tried = examples.slice(0, byLayer(name.includes(' ') || LONG.includes(name) ? 0 : 1, 3))
    if (!endless.includes(name)) await expectToRun(name, tried, shell)
  })
})

test.each(['ring', 'evict policies', 'redis run', 'cluster slot', 'memcached slabs', 'completion'])(
  'the examples of %s, as they are typed',
  async (name) => expectToRun(name, await examplesOf(name), startedShell),
)
