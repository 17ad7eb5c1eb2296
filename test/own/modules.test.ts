import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cachelab } from '../cli/in-process.js'
import { folderOf } from './files.js'

const kinds = ['policy', 'placement', 'hash', 'workload'] as const

/** The files that the document shows, in the order of the kinds. */
const shown = [...readFileSync('src/docs/own.md', 'utf8').matchAll(/```js\n(.*?)```/gs)].map(
  ([, text]) => text,
)

test('the document shows a file for each kind', () => expect(shown.length).toBe(kinds.length))

test.each(kinds)('the %s of the document passes its checks', async (kind) => {
  const cwd = folderOf({ 'mine.js': shown[kinds.indexOf(kind)] })
  const { stdout, stderr, code } = await cachelab(['try', './mine.js', '--kind', kind], { cwd })
  expect([stdout, stderr, code]).toEqual([expect.stringMatching(/✓ \d+ checks hold/), '', 0])
})

const hash = 'export default (text: string): number => text.length'

test('await outside of functions', async () => {
  const cwd = folderOf({
    'mine.ts': `const bits = (await (await import('./bits.js')).bits())\n${hash} & bits`,
    'bits.ts': 'export const bits = async () => 7',
  })
  const { stdout, stderr } = await cachelab(['ring', '--hash', './mine.ts', '--format', 'csv'], { cwd })
  expect([stdout.split('\n').length, stderr]).toEqual([5, ''])
})

const two = 'export class A { access(key) { return false } }\nexport class B {}'

test.each([
  [
    { 'm.ts': two },
    'try m.ts',
    'm.ts exports A, B; name one, such as m.ts#A; it must be a class or a function',
  ],
  [{ 'm.ts': two }, 'ring --hash m.ts', 'such as m.ts#A; it must be a function (text) => whole number'],
  [{ 'm.ts': two }, 'ring --hash m.ts#A', '"A" must be a function (text) => whole number'],
  [{ 'm.ts': two }, 'try m.ts#C', 'm.ts#C exports A, B; "C" must be a class or a function'],
  [
    { 'm.ts': 'export const o = 3' },
    'try m.ts',
    'm.ts exports o; its default export, or its only one, must be a class or a function',
  ],
  [
    { 'm.ts': "import './n.js'\nexport default 1", 'n.ts': 'await 1' },
    'try m.ts',
    'n.ts: await outside of functions is for the file that is named, not for those that it imports',
  ],
  [{ 'm.ts': 'await 1\nthrow new Error("no")' }, 'try m.ts', 'm.ts, line 2: Error: no'],
  [{ 'm.ts': 'await 1\nconst x = = 2' }, 'try m.ts', 'm.ts, line 2: SyntaxError: Unexpected token'],
])('%j: %s', async (files, line, message) => {
  const { stderr, code } = await cachelab(line.split(' '), { cwd: folderOf(files) })
  expect([stderr.trimEnd(), code]).toEqual([expect.stringContaining(message), 2])
  expect(stderr.trimEnd()).not.toContain('\n')
})
