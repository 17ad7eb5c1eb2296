import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { routes } from '../src/cli/routes.js'
import { shell } from './cli/in-process.js'
import { temporaryFolder } from './cli/lab.js'
import { root, run } from './cli/run.js'

const readme = readFileSync(`${root}README.md`, 'utf8')

/** The contents of all fenced blocks of a language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1],
  )
}

/** Commands of the exercises, which all run in one folder, one after the other. */
const inLab = /^\$ (cachelab (init|check|hint) |echo .* > \S+\n)/
const lab = temporaryFolder()

test.each(blocks('console').filter((block) => inLab.test(block)))('in a lab: %s', async (block) => {
  const [command, ...output] = block.split('\n')
  const { stdout, stderr } = await shell(command.replace(/^\$ /, ''), { cwd: lab })
  expect(stderr).toBe('')
  expect(output.join('\n')).toBe(stdout)
})

test.each(blocks('console').filter((block) => !inLab.test(block)))(
  'the output shown is what the command prints: %s',
  async (block) => {
    const [command, ...output] = block.split('\n')
    const { stdout, code } = await shell(command.replace(/^\$ /, ''))
    expect(code).toBe(0)
    expect(`${output.join('\n')}`).toBe(stdout)
  },
)

test('the library example runs and prints what is shown', async () => {
  const [code] = blocks('ts')
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', code])
  expect(stderr).toBe('')
  expect(stdout).toBe(blocks('text')[0])
})

test('the map of commands is complete', () => {
  for (const { path, hidden } of routes) {
    if (!hidden) expect(readme).toContain(`\`cachelab ${path.join(' ')}`)
  }
})

test('the two commands of the first block are those of a fresh clone', () => {
  expect(blocks('sh')[0]).toBe('npm ci\nnpx cachelab ring --vnodes 150\n')
})

test('every command of the lesson map is one that there is, with options that it has', async () => {
  const [, map] = /^## Lesson map\n([\s\S]*?)^## /m.exec(readme)!
  const commands = [...new Set([...map.matchAll(/`(cachelab [^`]+)`/g)].map(([, line]) => line))]
  expect(commands.length).toBeGreaterThan(40)
  for (const line of commands) {
    const { stdout, code } = await shell(`${line} --help`)
    expect([line, code]).toEqual([line, 0])
    expect(stdout).toContain('Usage: cachelab')
    for (const [flag] of line.matchAll(/--[a-z-]+/g))
      expect([line, stdout]).toEqual([line, expect.stringContaining(flag)])
  }
})
