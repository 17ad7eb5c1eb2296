import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatNames } from '../../src/report/index.js'
import { classFolder } from './handed-in.js'
import { cachelab, refused } from './in-process.js'
import { temporaryFolder } from './lab.js'

const SEED = 'top-secret'

/** A class whose deadline has passed, its command line, and a folder with the two parts that it makes. */
async function parts(env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder()
  const { batch, options } = classFolder(folder)
  const line = ['grade', '--batch', batch, ...options.split(' ')]
  const made = join(temporaryFolder(), 'parts')
  mkdirSync(made)
  for (const shard of ['1/2', '2/2']) {
    const { stdout, stderr, code } = await cachelab([...line, '--shard', shard], { env })
    expect(code, stderr).toBe(0)
    writeFileSync(join(made, `${shard[0]}.json`), stdout)
  }
  return { folder, batch, line, made }
}

const reportsIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')])

test('merging makes the gradebook in each format, and reports, where there are only the parts', async () => {
  const { folder, line, made } = await parts()
  const [own, merged] = [temporaryFolder(), temporaryFolder()]
  const formats = ['markdown', 'html', 'junit', 'gradescope', 'canvas', 'moodle']
  const wholes: string[] = []
  for (const format of formats) {
    // One machine refuses to look for what the format doesn't show; parts are for all formats.
    const shown = line.filter((word) => word !== '--similar' || formatNames.some((name) => name === format))
    const { stdout, code } = await cachelab([...shown, '--report', own, '--format', format])
    expect(code).toBe(1)
    wholes.push(stdout)
  }
  rmSync(folder, { recursive: true })
  for (const [i, format] of formats.entries()) {
    const { stdout, code } = await cachelab(['merge', made, '--format', format, '--report', merged])
    expect(stdout).toBe(wholes[i])
    expect(code).toBe(1)
  }
  expect(reportsIn(merged)).toEqual(reportsIn(own))
  expect(reportsIn(merged)).toHaveLength(4)
  await refused(['merge', made, '--format', 'tap'], ['--format must be one of'])
  rmSync(join(made, '1.json'))
  const { stdout, stderr } = await cachelab(['merge', made, '--partial', '--format', 'canvas'])
  expect(stdout).toMatch(/^Student,.*\n[\s\S]*\nEve,/)
  expect(stderr).toMatch(/^note: the parts lack 2 of 4 tasks of submissions \(shard 1\/2\)/)
})

test('parts don’t have the seed, and those of another seed, roster or submission are refused', async () => {
  const { folder, batch, line, made } = await parts()
  const [first] = readdirSync(made).map((name) => join(made, name))
  const second = async (words: readonly string[] = []) => {
    const { stdout } = await cachelab([...line, ...words, '--shard', '2/2'])
    expect(stdout).not.toContain(SEED)
    writeFileSync(join(made, '2.json'), stdout)
  }
  await second(['--seed', SEED])
  await refused(['merge', made], ['is a part of other input', 'the seed’s digest is "', ', not null'])
  const seeded = await cachelab([...line, '--seed', SEED, '--shard', '1/2'])
  expect(seeded.stdout).not.toContain(SEED)
  writeFileSync(first, seeded.stdout)
  const [unknown, known] = [temporaryFolder(), temporaryFolder()]
  expect((await cachelab(['merge', made, '--report', unknown])).stderr).toBe(
    'note: not in the roster: "dan"\n',
  )
  expect(readFileSync(join(unknown, 'ada.md'), 'utf8')).not.toContain('Seed')
  await cachelab([...line, '--seed', SEED, '--report', known])
  expect(readFileSync(join(known, 'ada.md'), 'utf8')).toContain(`Seed: \`${SEED}\``)
  writeFileSync(join(folder, 'roster.csv'), 'id,name\nada,Ada\n')
  await refused([...line, '--seed', SEED, '--resume', made], ['the roster differs from the parts: '])
  writeFileSync(join(batch, 'bob', 'more.js'), '// more')
  await refused(
    [...line, '--seed', SEED, '--resume', made],
    ['the submission "bob" differs from the parts: "'],
  )
})

test('what can’t be a part is refused in one line, and a part that writes files', async () => {
  const { made, line } = await parts()
  await refused(['grade', '--shard', '1/2'], ['--shard needs --batch'])
  await refused(['grade', '--resume', 'parts'], ['--resume needs --batch'])
  await refused([...line, '--shard', '1/2', '--report', 'reports'], ['--report and --output are for'])
  await refused([...line, '--shard', '1/2', '--format', 'csv'], ['--shard writes a part'])
  const path = join(made, '1.json')
  const text = readFileSync(path, 'utf8')
  for (const words of ['"--output","x"', '"--report","x"', '"--resume","x"']) {
    writeFileSync(path, text.replace('"arguments":["grade",', `"arguments":["grade",${words},`))
    await refused(['merge', path, '--partial'], ['does more than compute'])
  }
})
