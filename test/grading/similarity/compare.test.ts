import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openLab } from '../../../src/grading/lab.js'
import { compareSubmissions } from '../../../src/grading/similarity/compare.js'
import { filesOf } from '../../../src/grading/similarity/files.js'
import { likenessParts } from '../../../src/grading/similarity/report.js'
import { temporaryFolder } from '../../cli/lab.js'
import { bankOf } from '../wrong-ones.js'

const source = (path: string) => readFileSync(join(bankOf('eviction'), 'right', path), 'utf8')

/** Labs of one folder, each with files; the first is its solution of an exercise. */
function submitted(labs: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const batch = temporaryFolder()
  return Object.entries(labs).flatMap(([submission, files]) => {
    const folder = join(batch, submission)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const [file] = Object.keys(files)
    const entry = { file, command: ['program'] }
    writeFileSync(join(folder, 'cachelab.json'), JSON.stringify({ exercises: { eviction: entry } }))
    const lab = openLab(folder)
    return ['hash-ring', 'eviction'].flatMap((exercise) => filesOf(lab, exercise, submission) ?? [])
  })
}

const found = (labs: Parameters<typeof submitted>[0]) =>
  compareSubmissions(submitted(labs)).pairs.map(({ solutions }) =>
    solutions.map(({ submission }) => submission),
  )

test('pairs, those most alike first, and what is not compared', () => {
  const part = source('plain.js').split('\n\n').slice(0, 6).join('\n\n')
  const likeness = compareSubmissions(
    submitted({
      ada: { 'a.js': source('plain.js') },
      bob: { 'b.ts': `${source('linked.ts')}\n${part}` },
      cyd: { 'c.ts': `// mine\n${source('plain.js')}` },
      dan: { 'd.py': source('heaps.py') },
      eve: { 'e.js': 'let let let (' },
      fay: { 'f.rs': 'fn main() {}' },
      gus: { 'g.js': `//${'x'.repeat(64 << 10)}\n${source('plain.js')}` },
      hal: { 'h.js': 'export const short = 1' },
    }),
  )
  expect(likeness.pairs.map(({ solutions: [a, b] }) => [a.submission, b.submission])).toEqual([
    ['ada', 'cyd'],
    ['ada', 'bob'],
    ['bob', 'cyd'],
  ])
  expect(likeness).toMatchObject({ read: 5, tooShort: 1 })
  expect(likeness.unread.map(({ submission }) => submission)).toEqual(['eve', 'fay', 'gus'])
  const { tables, findings } = likenessParts(likeness)
  expect(tables.alike.rows[0]).toEqual({
    exercise: 'eviction',
    submission: 'ada',
    other: 'cyd',
    share: 1,
    lines: 'a.js:2–71',
    otherLines: 'c.ts:3–72',
  })
  expect(tables.unread.rows).toHaveLength(3)
  expect(findings).toMatchObject({
    alike: expect.stringMatching(/^3 pairs of solutions/),
    tooShort: expect.stringMatching(/^1 of 5 /),
  })
})

test('the code that a solution imports from its lab is compared too', () => {
  const [js, py] = [source('plain.js'), source('heaps.py')]
  const pair = [['ada', 'bob']]
  expect(
    found({ ada: { 'a.js': js }, bob: { 'b.ts': "export * from './own/all.js'", 'own/all.ts': js } }),
  ).toEqual(pair)
  expect(found({ ada: { 'a.py': py }, bob: { 'b.py': 'from all import *', 'all.py': py } })).toEqual(pair)
  // What is outside is nobody's, and what is missing or begins anew says nothing.
  expect(
    found({ ada: { 'a.js': js }, bob: { 'b.js': "import '../ada/a.js'\nimport './b.js'\nimport './no'" } }),
  ).toEqual([])
})

test('lines with the same tokens are side by side', () => {
  const code = source('plain.js')
  const wide = code.replace('\n', '\n\n// In between.\n')
  const { tables } = likenessParts(
    compareSubmissions(submitted({ ada: { 'a.js': code }, bob: { 'b.js': wide } })),
  )
  const { rows, title, columns } = tables['alike-1']
  expect(columns).toMatchObject({ code: ['code', 'code'], otherCode: ['other code', 'code'] })
  expect(title).toBe('eviction: ada, a.js, beside bob, b.js')
  expect(rows.length).toBeGreaterThan(30)
  for (const { line, code, otherLine, otherCode } of rows)
    expect([otherLine, otherCode]).toEqual([(line as number) + 2, code])
})

test('a class in which nobody copied', () => {
  const likeness = compareSubmissions(
    submitted({ ada: { 'a.js': source('plain.js') }, bob: { 'b.ts': source('linked.ts') } }),
  )
  expect(likenessParts(likeness).findings).toEqual({
    alike: 'No two solutions of an exercise are alike.',
    tooShort: false,
  })
})
