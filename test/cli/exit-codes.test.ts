import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cachelab } from './in-process.js'
import { solvedLab, temporaryFolder } from './lab.js'
import { root, run, shell } from './run.js'

test.runIf(existsSync('/dev/full'))('a full disk under standard output is 3, in one line', async () => {
  const { stderr, code } = await shell('cachelab ring hashes > /dev/full')
  expect(stderr).toMatch(/^error: ENOSPC[^\n]*\n$/)
  expect(code).toBe(3)
})

describe('streams that are closed, or broken', () => {
  /** The program as its name starts it: Node alone can't tell a closed stream from /dev/null. */
  const program = `${root}bin/cachelab.js`
  const started = async (line: string) => {
    const { stdout, stderr, code } = await run('bash', ['-c', `"${program}" ${line}`])
    return [stdout.split('\n')[0], stderr, code]
  }
  const title = 'How 10,000 keys spread over 3 nodes'
  const closed = 'error: standard output is closed\n'
  const unread = 'error: cannot read standard input: EBADF: bad file descriptor, read\n'

  test.each([
    ['ring >&-', '', closed, 3],
    ['>&-', '', closed, 3],
    ['--version >&-', '', closed, 3],
    ['grade nowhere >&-', '', closed, 3],
    ['ring --vnodes x >&-', '', closed, 3],
    ['ring >&- 2>&-', '', '', 3],
    ['ring 2>&-', title, '', 0],
    ['ring --vnodes x 2>&-', '', '', 2],
    ['ring <&-', title, '', 0],
    ['ring <&- 2>&-', title, '', 0],
    ['redis run - <&-', '', unread, 2],
    ['ring --keys-from - <&-', '', unread, 2],
    ['ring >/dev/null', '', '', 0],
    ['ring 1<>/dev/null', '', '', 0],
  ])('%s', async (line, stdout, stderr, code) => {
    expect(await started(line)).toEqual([stdout, stderr, code])
  })

  test.runIf(existsSync('/dev/full'))('standard error on a full disk leaves the exit code', async () => {
    expect(await started('ring 2>/dev/full')).toEqual([title, '', 0])
    expect(await started('ring --vnodes x 2>/dev/full')).toEqual(['', '', 2])
    expect(await started('grade nowhere 2>/dev/full')).toEqual(['', '', 2])
    expect(await started('ring >/dev/full 2>/dev/full')).toEqual(['', '', 3])
  })

  test('the reader of standard error has gone', async () => {
    const line = `exec 9> >(true); wait $!; "${program}" ring --vnodes x 2>&9`
    const { code } = await run('bash', ['-c', line])
    expect(code).toBe(2)
  })
})

test.each([[['help']], [['help', 'help']]])('cachelab %j is the help', async (words) => {
  const { stdout, stderr, code } = await cachelab(words)
  expect([stdout, stderr, code]).toEqual([(await cachelab(['--help'])).stdout, '', 0])
})

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('%s is no shell', async (name) => {
  const { stdout, stderr, code } = await cachelab(['completion', name])
  expect(stderr).toMatch(/^error: the shell must be one of [^\n]+\n$/)
  expect([stdout, code]).toEqual(['', 2])
})

const broken: [string, string, RegExp][] = [
  [
    'a temporary folder that isn’t there',
    'TMPDIR=/nonexistent cachelab grade LAB',
    /"\/nonexistent": ENOENT/,
  ],
  ['one that can’t be written', 'TMPDIR=/proc cachelab check keys-moved --lab LAB', /"\/proc": E/],
  [
    'the same for servers',
    'XDG_STATE_HOME=$PWD TMPDIR=/nonexistent cachelab lab up',
    /"\/nonexistent": ENOENT/,
  ],
  ...['grade', 'check', 'exercises', 'init x', 'evict --trace x'].map(
    (line) =>
      [`${line} in a deleted folder`, `mkdir x; cd x; rmdir ../x; cachelab ${line}`, /deleted/] as [
        string,
        string,
        RegExp,
      ],
  ),
  ['no more open files', 'ulimit -n 20; cachelab grade LAB', /EMFILE/],
]

test.each(broken)('%s: 3, in one line', async (_, line, text) => {
  const { stdout, stderr, code } = await shell(line.replace('LAB', solvedLab()), { cwd: temporaryFolder() })
  expect([stdout, code]).toEqual(['', 3])
  expect(stderr).toMatch(/^error: [^\n]+\n$/)
  expect(stderr).toMatch(text)
})

test.each([
  ['ring --keys-from -', 2],
  ['evict --trace -', 2],
  ['redis run -', 2],
  ['cluster run -', 2],
  ['quiz', 3],
])('%s: standard input that can’t be read, in one line', async (line, expected) => {
  for (const [input, name] of [
    ['< /', /directory/],
    ['0> only-written', /EBADF/],
  ] as const) {
    const { stdout, stderr, code } = await shell(`cachelab ${line} ${input}`, { cwd: temporaryFolder() })
    expect([stdout, code]).toEqual(['', expected])
    expect(stderr).toMatch(/^error: [^\n]+\n$/)
    expect(stderr).toMatch(name)
  }
})

test.each(['constructor', '__proto__', 'toString'])('%s is no directive, unit or size', async (name) => {
  const folder = temporaryFolder()
  const script = (text: string) => {
    writeFileSync(join(folder, 'script'), text)
    return join(folder, 'script')
  }
  const directive = await cachelab(['cluster', 'run', script(`!${name}\n`)])
  expect(directive.stderr).toContain(`there is no directive !${name}`)
  const text = `GEODIST a b c ${name}\nCONFIG SET maxmemory 1${name}\n`
  const { stdout } = await cachelab(['redis', 'run', script(text)])
  expect(stdout).toContain('unsupported unit provided')
  expect(stdout).toContain('argument must be a memory value')
})
