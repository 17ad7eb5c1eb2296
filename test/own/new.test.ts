import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachelab } from '../cli/in-process.js'
import { temporaryFolder } from '../cli/lab.js'
import { root } from '../cli/run.js'

const kinds = ['policy', 'placement', 'hash', 'workload']
const cases = kinds.flatMap((kind) => [
  [kind, 'ts', 'my-own.ts'],
  [kind, 'js', 'my-own.mjs'],
])

test.each(cases)('a %s in %s passes its checks and can be used', async (kind, language, file) => {
  const folder = temporaryFolder()
  const { stdout, stderr, code } = await cachelab(['new', kind, 'my-own', '--language', language], {
    cwd: folder,
  })
  expect([stderr, code]).toEqual(['', 0])
  expect(readdirSync(folder).sort()).toEqual([file, 'my-own.test.mjs'].sort())
  // The next steps, as they are printed.
  const commands = [...stdout.matchAll(/: cachelab (.*)$/gm)].map(([, line]) => line.split(' '))
  expect(commands.map(([name]) => name)).toEqual([
    'try',
    kind === 'policy' || kind === 'workload' ? 'evict' : 'ring',
  ])
  for (const words of commands) {
    const result = await cachelab(words, { cwd: folder })
    expect([words, result.stderr, result.code]).toEqual([words, '', 0])
    expect(result.stdout).toContain(`./${file}`)
  }
})

test('its test runs the checks', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  symlinkSync(join(root, 'bin/cachelab.js'), join(folder, 'node_modules/.bin/cachelab'))
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } })
  run(process.execPath, join(root, 'bin/cachelab.js'), 'new', 'policy', 'mine')
  expect(run(process.execPath, '--test', 'mine.test.mjs').status).toBe(0)
  const file = join(folder, 'mine.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace('this.inside.delete(first)', ''))
  expect(run(process.execPath, '--test', 'mine.test.mjs').status).toBe(1)
})

test.each([
  [['policy'], 'the name is missing: cachelab new policy mine'],
  [['cache', 'mine'], 'the kind must be one of policy, placement, hash, workload, got "cache"'],
  [['policy', 'a', 'b'], 'one kind and one name are taken, got also "b"'],
  [
    ['policy', '../../x.ts'],
    'the name must begin with a letter, and hold letters, digits, - and _ only, got "x.ts"',
  ],
  [['policy', 'none/mine'], 'there is no folder "none"'],
  [['policy', ''], 'the name must begin with a letter'],
])('%j is refused', async (words, message) => {
  const folder = temporaryFolder()
  const { stdout, stderr, code } = await cachelab(['new', ...words], { cwd: folder })
  expect([stdout, code]).toEqual(['', 2])
  expect(stderr).toContain(message)
  expect(readdirSync(folder)).toEqual([])
})

test('nothing is overwritten', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'mine.test.mjs'), 'mine')
  const { stderr, code } = await cachelab(['new', 'hash', 'mine'], { cwd: folder })
  expect([stderr, code]).toEqual(['error: "mine.test.mjs" is there already; nothing was written\n', 2])
  expect(existsSync(join(folder, 'mine.ts'))).toBe(false)
  expect(readFileSync(join(folder, 'mine.test.mjs'), 'utf8')).toBe('mine')
})
