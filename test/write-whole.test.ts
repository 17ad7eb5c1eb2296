import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { saveState } from '../src/saved-state.js'
import { appendWhole, writeNew, writeWhole } from '../src/write-whole.js'
import { cachelab } from './cli/in-process.js'
import { solvedLab, temporaryFolder } from './cli/lab.js'
import { shell } from './cli/run.js'

const small = temporaryFolder()
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0
afterAll(() => {
  if (isMounted) spawnSync('umount', [small])
})

describe.runIf(isMounted)('on a full disk', () => {
  const grade = ['grade', solvedLab(), '--exercise', 'keys-moved', '--format', 'json']
  const path = join(small, 'earlier')
  const LONG = 'x'.repeat(100_000)

  /** Runs something while 4 kB of the disk are free; what is on the disk then must be what was. */
  async function onFullDisk(run: () => unknown): Promise<void> {
    writeFileSync(path, 'earlier')
    mkdirSync(join(small, 'state', 'cachelab'), { recursive: true })
    writeFileSync(join(small, 'filler'), 'x'.repeat(48 << 10))
    const before = readdirSync(small, { recursive: true })
    await run()
    expect(readdirSync(small, { recursive: true })).toEqual(before)
    expect(readFileSync(path, 'utf8')).toBe('earlier')
  }

  test('the earlier file is still there, and no other', () =>
    onFullDisk(() => {
      const full = expect.objectContaining({
        name: 'EnvironmentError',
        message: expect.stringMatching(`can't write (NAME )?"${path}": ENOSPC`),
      })
      expect(() => writeWhole(path, LONG)).toThrow(full)
      expect(() => appendWhole(path, LONG, 'NAME')).toThrow(full)
      expect(() => writeNew(join(small, 'new'), LONG)).toThrow('ENOSPC')
      saveState(path, { LONG })
    }))

  /** Every file with its text. */
  const filesIn = (folder: string) =>
    (readdirSync(folder, { recursive: true }) as string[])
      .sort()
      .map((name) => [
        name,
        statSync(join(folder, name)).isFile() && readFileSync(join(folder, name), 'latin1'),
      ])

  test('what writes into a lab, and what CI reads: everything is as it was', async () => {
    const full = temporaryFolder()
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', full]).status).toBe(0)
    try {
      const lab = join(full, 'lab')
      expect((await cachelab(['init', lab])).code).toBe(0)
      const entries = JSON.parse(readFileSync(join(lab, 'cachelab.json'), 'utf8'))
      delete entries.exercises.slots
      writeFileSync(join(lab, 'cachelab.json'), JSON.stringify(entries, null, 2))
      for (const made of ['slots.ts', 'tasks/slots.md']) rmSync(join(lab, made))
      const output = join(full, 'output')
      // A whole page, so that what is appended needs another.
      writeFileSync(output, 'earlier\n'.repeat(512))
      spawnSync('sh', ['-c', `cat /dev/zero > ${join(full, 'filler')}`])
      const before = filesIn(full)
      const env = { XDG_STATE_HOME: full }
      const attempts: [string[], NodeJS.ProcessEnv?][] = [
        [['init', lab, '--update']],
        [['reset', 'keys-moved', '--lab', lab]],
        [['new', 'policy', join(full, 'mine')]],
        [[...grade.slice(0, -1), 'github'], { GITHUB_OUTPUT: output }],
        [[...grade.slice(0, -1), 'github'], { GITHUB_STEP_SUMMARY: output }],
      ]
      for (const [args, more] of attempts) {
        const { stderr, code } = await cachelab(args, { env: { ...env, ...more } })
        expect([args[0], code, stderr]).toEqual([
          args[0],
          3,
          expect.stringMatching(/^error: [^\n]+ENOSPC\n$/),
        ])
        expect([args[0], filesIn(full)]).toEqual([args[0], before])
      }
      const { code } = await cachelab(['quiz', '--seed', '1'], { env, input: '1\n' })
      expect([code, filesIn(full)]).toEqual([expect.toBeOneOf([0, 1]), before])
    } finally {
      spawnSync('umount', [full])
    }
  })

  test('a grade and a lab: 3, in one line', () =>
    onFullDisk(async () => {
      writeFileSync(join(small, 'rest'), '')
      const rest = spawnSync('sh', ['-c', `cat /dev/zero > ${join(small, 'rest')}`])
      expect(String(rest.stderr)).toContain('No space left')
      for (const args of [
        [...grade, '--output', path],
        ['init', join(small, 'deep', 'lab')],
      ]) {
        const { stdout, stderr, code } = await cachelab(args)
        expect([stdout, code]).toEqual(['', 3])
        expect(stderr).toMatch(/^error: can't write [^\n]+: ENOSPC\n$/)
      }
      spawnSync('rm', [join(small, 'rest')])
    }))
})

test('a path that can’t be written is an error of who gave it', () => {
  const folder = temporaryFolder()
  for (const path of [join(folder, 'none', 'file'), folder])
    expect(() => writeWhole(path, 'x')).toThrow(expect.objectContaining({ name: 'InputError' }))
  expect(readdirSync(folder)).toEqual([])
})

test('the file that takes the place of another may be read by the same users', () => {
  const path = join(temporaryFolder(), 'private')
  writeFileSync(path, 'old')
  chmodSync(path, 0o600)
  writeWhole(path, 'new')
  expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o600])
})

test.runIf(existsSync('/proc/self/fd'))('devices and pipes stay what they are', async () => {
  const folder = temporaryFolder()
  spawnSync('mkfifo', [join(folder, 'pipe')])
  const grade = `cachelab grade '${solvedLab()}' --exercise keys-moved --format csv --output`
  for (const path of ['/dev/stdout', '/proc/self/fd/1', '/dev/fd/1']) {
    expect((await shell(`${grade} ${path} | cat`)).stdout).toContain('points\n')
  }
  expect((await shell(`${grade} /dev/null`)).code).toBe(0)
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  const { stdout } = await shell(`cat '${folder}/pipe' & ${grade} '${folder}/pipe'; wait`)
  expect(stdout.split('\n').length).toBeGreaterThan(3)
  expect(statSync(join(folder, 'pipe')).isFIFO()).toBe(true)
})
