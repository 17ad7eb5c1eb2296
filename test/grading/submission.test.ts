import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLab } from '../../src/grading/lab.js'
import { digestOf, Progress } from '../../src/grading/progress.js'
import { isOwnFile, ownFiles, readOwnFile, submissionSeed } from '../../src/grading/submission.js'
import { writeWhole } from '../../src/write-whole.js'
import { cachelab, refused } from '../cli/in-process.js'

const entry = { exercises: { 'keys-moved': { file: 'a.js' } } }

function lab(text: string | Buffer = JSON.stringify(entry)): string {
  const folder = mkdtempSync(join(tmpdir(), 'submission-'))
  writeFileSync(join(folder, 'cachelab.json'), text)
  writeFileSync(join(folder, 'a.js'), 'export const a = 1\n')
  return folder
}

/** Things that a submission may have in the place of a file. */
const traps: Record<string, (path: string) => void> = {
  'a link': (path) => symlinkSync('/etc/passwd', path),
  'a link to a device': (path) => symlinkSync('/dev/zero', path),
  'a link to itself': (path) => symlinkSync(path, path),
  'a pipe': (path) => void execFileSync('mkfifo', [path]),
  'a folder': (path) => mkdirSync(path),
  'a terabyte': (path) => {
    writeFileSync(path, '')
    truncateSync(path, 2 ** 40)
  },
}

describe.each(Object.entries(traps))('%s', (name, make) => {
  test('is not read as a file, nor for the seed or the digest', () => {
    const folder = lab()
    const before = submissionSeed({ folder })
    make(join(folder, 'b.js'))
    expect(readOwnFile(folder, 'b.js', 1 << 20)).toBeUndefined()
    expect(isOwnFile(folder, 'b.js')).toBe(name === 'a terabyte')
    if (name === 'a terabyte') expect(() => submissionSeed({ folder })).toThrow('holds more than 64 MB')
    else expect(submissionSeed({ folder })).toBe(before)
    const entries = new Map([['keys-moved', { file: 'b.js' }]])
    expect(digestOf({ folder, entries }, 'keys-moved')).toBe('')
  })

  test('is no cachelab.json', () => {
    const folder = mkdtempSync(join(tmpdir(), 'submission-'))
    make(join(folder, 'cachelab.json'))
    expect(() => openLab(folder)).toThrow('must be a file of at most 64 kB, not a link')
  })

  test('is no progress', () => {
    const folder = lab()
    mkdirSync(join(folder, '.cachelab'))
    make(join(folder, '.cachelab/progress.json'))
    expect(new Progress(openLab(folder)).of('keys-moved')).toEqual({})
  })
})

test('a folder that is a link leads to no file of the lab, but the lab may be one itself', () => {
  const folder = lab()
  const other = lab()
  symlinkSync(other, join(folder, 'linked'))
  expect(isOwnFile(folder, 'linked/a.js')).toBe(false)
  expect(isOwnFile(join(folder, 'linked'), 'a.js')).toBe(true)
  expect(ownFiles(folder)).toEqual(['a.js', 'cachelab.json'])
})

test('the seed is the same however the lab is named and wherever it lies', () => {
  const folder = lab()
  const seed = submissionSeed({ folder })
  expect(submissionSeed({ folder: `${folder}/` })).toBe(seed)
  expect(submissionSeed({ folder: relative(process.cwd(), folder) })).toBe(seed)
  const inside = join(lab(), 'node_modules/.git/lab')
  cpSync(folder, inside, { recursive: true })
  expect(submissionSeed({ folder: inside })).toBe(seed)
  writeFileSync(join(inside, 'a.js'), '')
  expect(submissionSeed({ folder: inside })).not.toBe(seed)
  mkdirSync(join(folder, 'x/node_modules'), { recursive: true })
  writeFileSync(join(folder, 'x/node_modules/b.js'), '')
  expect(submissionSeed({ folder })).toBe(seed)
})

test('too many files are not counted to their end', () => {
  const folder = lab()
  execFileSync('sh', ['-c', 'i=0; while [ $i -lt 5000 ]; do : > f$i; i=$((i+1)); done'], { cwd: folder })
  expect(() => submissionSeed({ folder })).toThrow('holds more than 5000 files and folders')
})

describe('cachelab.json', () => {
  test('a byte order mark before it, and a slug of any name', () => {
    const folder = lab(`\ufeff{"exercises":{"__proto__":{"file":"a.js"},"constructor":{"file":"b.js"}}}`)
    expect([...openLab(folder).entries]).toEqual([
      ['__proto__', { file: 'a.js' }],
      ['constructor', { file: 'b.js' }],
    ])
    expect(({} as { file?: string }).file).toBeUndefined()
  })

  test.each([
    ['{"exercises":{"a":{"file":"a\\u0000.js"}}}', '"a" must name its "file"'],
    ['{"exercises":{"a":{"file":"a","command":["a\\u0000"]}}}', '"a" must have a "command"'],
    [`{"exercises":{"${'a'.repeat(1000)}":1}}`, `"${'a'.repeat(50)}" must be an object`],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'the whole must be an object'],
    [`{"exercises":{${'\n'.repeat(60_000)}}`, 'not JSON'],
    [`${'[\n'.repeat(30_000)}}`, 'line 30001: not JSON'],
    [' '.repeat(70_000), 'at most 64 kB'],
  ])('%.40s', (text, message) => expect(() => openLab(lab(text))).toThrow(message))

  test('what it says comes to a terminal as text, in one line', async () => {
    const slug = '\u001b[2J\u202e\u009b1m ##vso[task.complete]'
    const folder = lab(JSON.stringify({ exercises: { [slug]: 1 } }))
    await refused(
      ['grade', folder],
      ['"\\u001b[2J\\u202e\\x9b1m # #vso[task', 'must be an object with "file"'],
    )
    const { stderr } = await cachelab(['grade', lab('\u001b[2J\u202e\u009b\n::error::x')])
    expect(stderr).toMatch(/^error: [^\n]*line 1: not JSON[^\n]*\n$/)
    expect(stderr.slice(0, -1)).not.toMatch(/[^\P{C}]/u)
  })
})

describe('what a learner can write of progress', () => {
  test.each([
    'null',
    '[]',
    '"x"',
    '{"exercises":null}',
    '{"exercises":"abc"}',
    '{"exercises":{"keys-moved":null}}',
    '{"exercises":{"keys-moved":{"passed":{"toString":1},"checks":"4","hints":[],"solution":"no","digest":7,"x":1}}}',
    '{"exercises":{"__proto__":{"passed":4}},"at":{}}',
    '[[[',
  ])('%s', (text) => {
    const folder = lab()
    mkdirSync(join(folder, '.cachelab'))
    writeFileSync(join(folder, '.cachelab/progress.json'), text)
    const progress = new Progress(openLab(folder))
    expect([progress.of('keys-moved'), progress.at]).toEqual([{}, ''])
    progress.note('keys-moved', () => ({ hints: 1 }))
    expect(new Progress(openLab(folder)).of('keys-moved')).toEqual({ hints: 1 })
  })

  test('nothing is written through links', () => {
    const folder = lab()
    const [victim, elsewhere] = [join(lab(), 'victim'), lab()]
    writeFileSync(victim, 'mine')
    mkdirSync(join(folder, '.cachelab'))
    symlinkSync(victim, join(folder, '.cachelab/progress.json'))
    new Progress(openLab(folder)).note('keys-moved', () => ({ hints: 1 }))
    expect(readFileSync(victim, 'utf8')).toBe('mine')
    expect(new Progress(openLab(folder)).of('keys-moved')).toEqual({ hints: 1 })
    const other = lab()
    symlinkSync(elsewhere, join(other, '.cachelab'))
    new Progress(openLab(other)).note('keys-moved', () => ({ hints: 1 }))
    expect(existsSync(join(elsewhere, 'progress.json'))).toBe(false)
  })
})

describe('outputs', () => {
  test('a link is replaced, not followed, and long names fit', () => {
    const folder = lab()
    const victim = join(lab(), 'victim')
    writeFileSync(victim, 'mine')
    symlinkSync(victim, join(folder, 'grade.txt'))
    writeWhole(join(folder, 'grade.txt'), 'a grade')
    expect(readFileSync(victim, 'utf8')).toBe('mine')
    expect(readFileSync(join(folder, 'grade.txt'), 'utf8')).toBe('a grade')
    expect(() => readlinkSync(join(folder, 'grade.txt'))).toThrow('EINVAL')
    writeWhole(join(folder, 'x'.repeat(255)), 'fits')
  })

  test.each([['a link'], ['a link to a device'], ['a pipe']])(
    '%s in a submission is no place for one',
    async (name) => {
      const folder = lab()
      traps[name](join(folder, 'grade.txt'))
      await refused(
        ['grade', folder, '--output', join(folder, 'grade.txt')],
        ['is not a regular file or folder'],
      )
      await refused(
        ['grade', folder, '--report', join(folder, 'grade.txt')],
        ['is not a regular file or folder'],
      )
    },
  )

  test('a folder that a submission has linked is none either', async () => {
    const folder = lab()
    symlinkSync(lab(), join(folder, 'reports'))
    await refused(
      ['grade', folder, '--output', join(folder, 'reports/grade.txt')],
      ['is not a regular file or folder'],
    )
    // As where a step of CI has it: in the lab itself.
    await refused(['grade', '--output', 'reports/grade.txt'], ['is not a regular file or folder'], folder)
  })
})

test.skipIf(process.getuid?.() === 0)('a folder that can’t be read is named', () => {
  const folder = lab()
  mkdirSync(join(folder, 'locked'))
  chmodSync(join(folder, 'locked'), 0)
  expect(() => submissionSeed({ folder })).toThrow('a folder that can\'t be read: "locked" (EACCES)')
})
