import { expect, test } from 'vitest'
import { createRandom } from '../../src/random/random.js'
import { shapeProblems } from '../report/shape.js'
import { commandLines } from './command-lines/area.js'
import { judge } from './command-lines/rules.js'
import { files } from './files/area.js'
import { graded, grader } from './grader/area.js'
import { kinds } from './grader/changes.js'
import { judge as judgeGrade } from './grader/rules.js'
import type { CommandLine, Result } from './program.js'
import { judge as judgeBytes } from './protocol/area.js'
import { notReplies } from './protocol/resp.js'
import { shrink } from './shrink.js'

const line = (words: string, more: Partial<CommandLine> = {}): CommandLine => ({
  words: words.split(' '),
  stdin: '',
  env: {},
  ...more,
})
const fine: Result = { code: 0, stdout: '', stderr: '' }
const broken = (words: string, result: Partial<Result>, more?: Partial<CommandLine>) =>
  judge(line(words, more), { ...fine, ...result }, '').map(({ rule }) => rule)

test('each rule refuses what breaks it, and nothing else', () => {
  expect(broken('ring', { code: 1 })).toEqual(['exit code'])
  expect(broken('ring', { code: 130 })).toEqual(['exit code', 'one line says why'])
  expect(broken('ring', { code: 2, stderr: 'error: --keys x\nmore\n' })).toEqual(['one line says why'])
  expect(broken('ring', { code: 2, stderr: 'error: --keys x\n', stdout: 'x' })).toEqual([
    'a refusal prints nothing',
  ])
  expect(broken('ring a', { code: 2, stderr: 'error: no\n' })).toEqual(['a refusal names the culprit'])
  expect(broken('ring', { stderr: 'TypeError: x is not a function\n' })).toEqual(['no stack trace'])
  expect(broken('ring', { stdout: 'mean NaN ms\n' })).toEqual(['no word of the language'])
  expect(broken('ring --format json', { stdout: '{"schema":' })).toEqual(['JSON of the shape'])
  expect(broken('ring', { stdout: `${'a '.repeat(41)}\n` })).toEqual(['no wider than the screen'])
  expect(broken('ring', { stdout: `${'a '.repeat(11)}\n` }, { columns: 20 })).toEqual([
    'no wider than the screen',
  ])
  expect(broken('ring', { stdout: 'a\u009b2J\n' })).toEqual(['no control characters'])
  expect(broken('ring', { stdout: 'a\u202eb\n' })).toEqual(['no control characters'])
})

const WIDE = 'a '.repeat(41)

test.each<[string, string]>([
  ['cluster run -', `> GET a\n  # ${WIDE}\n`],
  ['cluster run -', `> GET a\n  # moved\n    ${WIDE}\n`],
  ['cluster run -', `(queued and never sent: ${WIDE})\n`],
  ['redis run x --expect y', `Line 1 differs from ${WIDE}:\n  expected  a\n  got       b\n`],
  ['redis run x --help', `Usage: ${WIDE}\n`],
  ['redis --help', `Usage: ${WIDE}\n`],
  ['quiz', `1/10 ${WIDE}\n> a\n`],
])('%s: what is said beside replies fits the screen: %j', (words, stdout) =>
  expect(broken(words, { stdout })).toEqual(['no wider than the screen']),
)

test.each<[string, string]>([
  ['redis run -', `> GET ${WIDE}\n"${WIDE}"\n1) "${WIDE}"\n`],
  ['cluster run -', `client:2> GET ${WIDE}\n  # node-A\n1) 1) "a"\n   2) "${WIDE}"\n`],
  ['redis run x --expect y', `Line 1 differs from y:\n  expected  ${WIDE}\n  got       ${WIDE}\n`],
  ['redis run - --format raw', `${WIDE}\u0001\n`],
  ['redis', `${WIDE}\u0001\n`],
  ['quiz', `> ${WIDE}\n`],
  ['replicate check', `    cachelab replicate ${WIDE}\n`],
])('%s: replies and commands are shown as they are: %j', (words, stdout) =>
  expect(broken(words, { stdout })).toEqual([]),
)

test('where the width is known, a command to copy is broken, but for its words', () => {
  const shown = (stdout: string) => broken('quiz', { stdout }, { columns: 40 })
  expect(shown(`$ cachelab ${WIDE}\n`)).toEqual(['no wider than the screen'])
  expect(shown(`  '${WIDE}' \\\n`)).toEqual([])
})

test.each<[string, Partial<Result>]>([
  ['check hash-ring', { code: 1 }],
  ['ring --hash NaN', { code: 2, stderr: 'error: --hash must be one of md5, got "NaN"\n' }],
  ['ring --keys-from=x', { code: 2, stderr: 'error: cannot read x: there is no such file\n' }],
  ['ring', { stdout: `${'a '.repeat(40)}\n\u001b[31mred\u001b[0m\n` }],
  ['ring -- --format json', { stdout: 'text\n' }],
  ['try ./keys.txt', { code: 2, stderr: 'error: keys.txt, line 4: ReferenceError: a is not defined\n' }],
])('%s keeps them all', (words, result) => expect(broken(words, result)).toEqual([]))

const report = {
  schema: 'cachelab/report@1',
  command: 'ring',
  title: 'a title',
  parameters: { nodes: 3, seed: null },
  tables: [{ name: 'a', title: 'b', columns: [{ key: 'x', label: 'x', unit: 'ms' }], rows: [{ x: 1 }] }],
  findings: [{ id: 'a', text: 'b', measured: 1, expected: 2, ok: true }],
}

test('a report of the shape, and what is not', () => {
  expect(shapeProblems(report)).toEqual([])
  const [table] = report.tables
  const [finding] = report.findings
  for (const wrong of [
    [],
    { ...report, schema: 'cachelab/report@2' },
    { ...report, more: 1 },
    { ...report, parameters: { nodes: [] } },
    { ...report, tables: [{ ...table, rows: [{}] }] },
    { ...report, tables: [{ ...table, rows: [{ x: 1, y: 2 }] }] },
    { ...report, tables: [{ ...table, columns: [{ key: 'x', label: 'x', unit: 'furlong' }] }] },
    { ...report, findings: [{ ...finding, measured: null }] },
    { ...report, findings: [{ ...finding, ok: 'yes' }] },
  ])
    expect(shapeProblems(wrong), JSON.stringify(wrong)).toHaveLength(1)
})

test('the same seed gives the same command lines, and each can be pasted', async () => {
  await commandLines.load!()
  const lines = (seed: number) =>
    Array.from({ length: 60 }, (_, i) => commandLines.generate(createRandom(seed, String(i))))
  expect(lines(7)).toEqual(lines(7))
  expect(lines(7)).not.toEqual(lines(8))
  expect(commandLines.show(line("ring --keys-from it's", { stdin: 'a\u001b', columns: 30 }))).toBe(
    "printf %s $'a\\x1b' | COLUMNS=30 cachelab ring --keys-from 'it'\\''s'",
  )
})

test('no command line names a file that a command would write outside the current folder', () => {
  for (let i = 0; i < 3000; i++) {
    const { words } = commandLines.generate(createRandom(1, String(i)))
    if (!/^(grade|init)$/.test(words[0])) continue
    for (const word of words) expect(word).not.toMatch(/\.\.|^[/~]|=[/~]/)
  }
})

test('a failing command line is shrunk to what makes it fail', async () => {
  const given = line('ring --nodes 3 --vnodes 17 --seed 4', { stdin: 'abc', columns: 40 })
  const fails = async ({ words }: CommandLine) => words.includes('--vnodes') && words.includes('ring')
  const { words, stdin, columns } = await shrink(given, (one) => commandLines.simplify(one), fails)
  expect(words).toEqual(['ring', '--vnodes'])
  expect([stdin, columns]).toEqual(['', undefined])
})

test.each([
  '+OK\r\n:-1\r\n',
  '*2\r\n$1\r\na\r\n*-1\r\n',
  '%1\r\n_\r\n,1.5\r\n>1\r\n#t\r\n',
  '=5\r\ntxt:a\r\n',
  '|1\r\n+a\r\n*1\r\n:9\r\n+OK\r\n',
])('%j is made of replies, and no longer is without its end', (text) => {
  expect(notReplies(text)).toBeUndefined()
  for (let end = 1; end < 4; end++) expect(notReplies(text.slice(0, -end))).toBeDefined()
})

test('bytes are sent to a server as one packet and as several', async () => {
  const bytes = Buffer.from('*2\r\n$4\r\nECHO\r\n$1\r\na\r\nPING\r\n*1\r\n$x\r\n')
  expect(await judgeBytes({ bytes, cuts: [3, 9, 20] })).toEqual([])
})

test('the same seed gives the same files, and simpler ones are shorter', async () => {
  await files.load!()
  const cases = (seed: number) =>
    Array.from({ length: 15 }, (_, i) => files.generate(createRandom(seed, String(i))))
  expect(cases(3)).toEqual(cases(3))
  const given = { words: ['redis', 'run', 'in.txt'], path: 'in.txt', bytes: Buffer.from('GET a\nGET b\n') }
  const fails = async ({ bytes }: typeof given) => bytes.includes('b')
  const { bytes } = await shrink(given, (one) => files.simplify(one) as Iterable<typeof given>, fails)
  expect(Buffer.from(bytes).toString()).toBe('b')
})

const wrong = { slug: 'keys-moved', file: 'wrong/first-digits.js', check: 'counted', format: 'json' } as const

test('what a solution says is heard as from a program, unchanged and changed', async () => {
  const right = { ...wrong, file: 'right/plain.js', changes: [] }
  expect((await graded(right)).score).toBeGreaterThan(0)
  expect((await graded({ ...wrong, changes: [] })).score).toBe(0)
  for (const kind of Object.keys(kinds)) {
    const changes = [{ from: 1, all: false, kind, seed: 1 }]
    expect(await grader.run({ ...wrong, changes }), kind).toEqual([])
    // Only how lines are cut into packets makes no difference.
    const { score } = await graded({ ...right, changes: [{ ...changes[0], from: 0, all: true }] })
    expect(score > 0, kind).toBe(kind === 'packets')
  }
})

test('each rule of grades refuses what breaks it', async () => {
  const grade = await graded({ ...wrong, changes: [] })
  const [exercise] = grade.exercises
  const [check] = exercise.checks
  const complaints = (
    more: Partial<typeof check>,
    text = '{}',
    format = 'junit' as 'junit' | 'json' | 'github',
  ) =>
    judgeGrade(
      { ...wrong, format, changes: [] },
      '',
      { ...grade, score: more.passed ? 2 : 0, exercises: [{ ...exercise, checks: [{ ...check, ...more }] }] },
      text,
      [],
    ).map(({ rule }) => rule)
  expect(complaints({})).toEqual([])
  expect(complaints({}, '::error title=a::b', 'github')).toEqual([])
  const passed = { passed: true, message: '', next: '' }
  expect(complaints(passed)).toEqual(['a wrong solution gets no points'])
  for (const more of [{ message: '' }, { next: '' }, { ...passed, next: 'x' }])
    expect(complaints(more)).toContain('only a failed check says why, and what to do next')
  expect(complaints({ message: 'x'.repeat(3000) })).toEqual(['no long message'])
  expect(complaints({}, '{"schema":', 'json')).toEqual(['JSON of the shape'])
  expect(complaints({}, 'a\u009b2J')).toEqual(['no control characters'])
  expect(complaints({}, '::error::a')).toEqual(['no commands to a CI server'])
  expect(complaints({}, '::set-env name=a::b', 'github')).toEqual(['no commands to a CI server'])
})
