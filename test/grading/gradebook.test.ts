import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { type Adjustment, readAdjustments } from '../../src/grading/gradebook/adjustments.js'
import { entryOf, type Graded } from '../../src/grading/gradebook/entry.js'
import { bookFormats } from '../../src/grading/gradebook/formats.js'
import { type Gradebook, gradebookReport } from '../../src/grading/gradebook/gradebook.js'
import { type Deadline, lateness, submittedAt } from '../../src/grading/gradebook/lateness.js'
import { readRoster } from '../../src/grading/gradebook/roster.js'
import { studentReport } from '../../src/grading/gradebook/student-report.js'
import { archivesIn, labFolderOf, submissionsIn } from '../../src/grading/gradebook/submissions.js'
import { renderCsv } from '../../src/report/csv.js'
import { commandsIn, HOSTILE, parseCsv, parseMarkdown, UNSEEN } from '../report/hostile-text.js'
import { check, exerciseOf, gradeOf } from './grades.js'

const temporary = () => mkdtempSync(join(tmpdir(), 'gradebook-'))
const HOUR = 3_600_000

function fileWith(text: string): string {
  const path = join(temporary(), 'list.csv')
  writeFileSync(path, text)
  return path
}

/** A grade with a check of every state. */
const states = gradeOf(
  exerciseOf([
    check('right', true),
    check('wrong', false),
    check('slow', false, { ended: 'time' }),
    check('large', false, { ended: 'memory' }),
    check('loud', false, { ended: 'limit' }),
    check('fatal', false, { ended: 'crash' }),
  ]),
  exerciseOf([check('later', false, { message: '', next: '' })], {
    ...{ slug: 'follow', title: 'Follow', file: 'follow.ts', begun: false },
  }),
)
const student = { folder: 'ada', name: 'Ada Lovelace', id: '7', email: 'ada@example.org' }
const graded: Graded = { student, grade: states, problem: null }
const missing: Graded = { student: { folder: 'bob', name: 'bob' }, grade: null, problem: 'nothing handed in' }

const bookOf = (given: readonly Graded[], adjustments: readonly Adjustment[] = [], deadline?: Deadline) =>
  ({
    ...{ batch: 'handed-in', isolation: 'bubblewrap', hasRoster: true, deadline: deadline?.at },
    entries: given.map((one) => entryOf(one, adjustments, deadline)),
  }) satisfies Gradebook

const deadline = { at: new Date('2026-12-01T11:00:00Z'), rate: { share: 0.1, periodMs: 24 * HOUR } }
const late: Graded = { ...graded, submitted: { at: new Date('2026-12-02T12:00:00Z'), source: 'commit' } }

const adjustment = (points: number, isAdded: boolean, exercise = ''): Adjustment => ({
  ...{ folder: 'ada', reason: 'looked at it', exercise, points, isAdded },
})

describe('submissions', () => {
  test('a lab one level too deep is found; hidden folders, __MACOSX and the reports are no students', () => {
    const batch = temporary()
    const folders = ['ada', 'bob/inner', 'bob/__MACOSX', 'two/a', 'two/b', '__MACOSX/bob', '.git', 'reports']
    for (const path of folders) mkdirSync(join(batch, path), { recursive: true })
    for (const path of ['ada', 'bob/inner', 'bob/__MACOSX', 'two/a', 'two/b', '__MACOSX'])
      writeFileSync(join(batch, path, 'cachelab.json'), '{}')
    mkdirSync(join(batch, 'link'))
    symlinkSync(join(batch, 'ada'), join(batch, 'link', 'inner'))
    const names = submissionsIn(batch, join(batch, 'reports'))
    expect(names).toEqual(['ada', 'bob', 'link', 'two'])
    expect(names.map((name) => labFolderOf(join(batch, name)))).toEqual(
      ['ada', 'bob/inner', 'link', 'two'].map((path) => join(batch, path)),
    )
  })

  test('archives are told from what is no submission', () => {
    const batch = temporary()
    for (const name of ['b.ZIP', 'a.tar.gz', 'grades.csv', '.c.zip', 'zip'])
      writeFileSync(join(batch, name), '')
    mkdirSync(join(batch, 'd.zip'))
    expect(archivesIn(batch)).toEqual(['a.tar.gz', 'b.ZIP'])
  })

  test('the time is that of the newest file where there is no commit of the submission’s own', () => {
    const batch = temporary()
    mkdirSync(join(batch, '.git'))
    const lab = join(batch, 'ada')
    mkdirSync(lab)
    expect(submittedAt(lab, batch)).toBeUndefined()
    for (const [i, name] of ['a', 'b'].entries()) {
      writeFileSync(join(lab, name), '')
      utimesSync(join(lab, name), 0, 1_700_000_000 + i)
    }
    expect(submittedAt(lab, batch)).toEqual({ at: new Date(1_700_000_001_000), source: 'files' })
  })
})

describe('lists of students and points', () => {
  test('a roster from a spreadsheet, or from Canvas', () => {
    const [ada, bob] = readRoster(
      fileWith(
        '\ufeffFolder;Name;Submitted\r\nada;"Lovelace; Ada";2026-12-01T12:00+01:00\r\n\r\nbob;=Bob\r\n',
      ),
    )
    expect(ada).toMatchObject({ folder: 'ada', name: 'Lovelace; Ada', submitted: deadline.at })
    expect(bob).toMatchObject({ folder: 'bob', name: '=Bob' })
    const canvas =
      'Student,ID,SIS User ID,SIS Login ID,Section,Lab (1)\n    Points Possible,,,,,10\n"Lovelace, Ada",7,S7,ada,1,\n'
    expect(readRoster(fileWith(canvas))).toEqual([
      expect.objectContaining({
        folder: '7',
        name: 'Lovelace, Ada',
        sisId: 'S7',
        login: 'ada',
        section: '1',
      }),
    ])
  })

  test.each([
    ['First Name,Last Name,SID,Email\nAda,Lovelace,7,a@b.org\n', 'Ada Lovelace'],
    ['First name,Surname,ID number,Email address\n,Plato,7,\n', 'Plato'],
  ])('a roster of Gradescope or Moodle, %j, has names in two columns', (text, name) => {
    expect(readRoster(fileWith(text))).toMatchObject([{ folder: '7', id: '7', name }])
  })

  test.each([
    ['who,mark\n', 'line 1: the header must name "name", and "folder" or "id", got "who, mark"'],
    ['id,name\n1,A\n1,B\n', 'line 3: "1" is there twice'],
    ['id,name\n,A\n', 'line 2: a student needs a name, and a folder or an id'],
    ['id,name\n1,A,B\n', 'line 2: 3 columns; the header has 2'],
    ['id,name\n1,"A\n', 'a quote opens here and is never closed'],
    ['id,name,submitted\n1,A,2026-02-31T12:00Z\n', 'the time must be such as 2026-12-01T12:00+01:00'],
    ['id,name,submitted\n1,A,2026-12-01T12:00\n', 'got "2026-12-01T12:00"'],
    ['id,name\n1,\0\n', 'it is not UTF-8 text'],
  ])('a roster %j is refused', (text, why) => {
    expect(() => readRoster(fileWith(text))).toThrow(why)
  })

  test('points by hand name the folder, the id or the name', () => {
    const students = [student, missing.student]
    const list = 'student,exercise,points,reason\nada,follow,+2,"a, b"\n7,,-1.5,x\nAda Lovelace,follow,3,y\n'
    expect(readAdjustments(fileWith(list), students, ['follow'])).toEqual([
      { ...adjustment(2, true, 'follow'), reason: 'a, b' },
      { ...adjustment(-1.5, true), reason: 'x' },
      { ...adjustment(3, false, 'follow'), reason: 'y' },
    ])
  })

  test.each([
    ['eve,,1,x', 'the student must be one of the submissions, got "eve"'],
    ['same,,1,x', 'the student must be one of the submissions, and only one, got "same"'],
    ['ada,ring,1,x', 'the exercise must be one of follow, or empty, got "ring"'],
    ['ada,,one,x', 'the points must be such as 7, +2 or -1.5, got "one"'],
    ['ada,,1,', 'the reason must be a text, got ""'],
  ])('points by hand %j are refused', (line, why) => {
    const same = ['1', '2'].map((folder) => ({ folder, name: 'same' }))
    const path = fileWith(`student,exercise,points,reason\n${line}\n`)
    expect(() => readAdjustments(path, [student, ...same], ['follow'])).toThrow(`${path}, line 2: ${why}`)
  })
})

describe('points that count', () => {
  test.each([
    // 28 points are possible; 25 hours are two days that have begun.
    ['late', late, [], 0],
    ['late, with points in the whole', late, [adjustment(5, true)], 5],
    ['an exercise counts before lateness', late, [adjustment(20, false, 'eviction')], 14.4],
    ['one that was not begun', graded, [adjustment(2.5, true, 'follow')], 6.5],
    ['the last word', graded, [adjustment(2, true), adjustment(20, false)], 20],
    ['never below 0', graded, [adjustment(-9, true)], 0],
    ['another student’s', graded, [{ ...adjustment(9, true), folder: 'eve' }], 4],
    ['not graded', missing, [], null],
    ['not graded, but given by hand', missing, [{ ...adjustment(5, false), folder: 'bob' }], 5],
  ])('%s', (_, one, adjustments, points) => {
    expect(entryOf(one, adjustments, deadline).points).toBe(points)
  })

  test.each([
    [-1, 0],
    [0, 0],
    [1, 1],
    [24 * HOUR, 1],
    [24 * HOUR + 1, 2],
    [1000 * HOUR, 10],
  ])('%d ms after the deadline cost %d tenths', (ms, tenths) => {
    const submitted = { at: new Date(deadline.at.getTime() + ms), source: 'roster' as const }
    expect(lateness(submitted, deadline, 10)).toEqual({ submitted, lateMs: Math.max(0, ms), points: tenths })
    expect(lateness(submitted, { at: deadline.at }, 10).points).toBe(0)
  })
})

describe('the gradebook', () => {
  test('a column for each exercise and check, with every state', () => {
    const report = gradebookReport(bookOf([late, missing], [adjustment(1, true)], deadline))
    const [header, ada, bob] = parseCsv(renderCsv(report))
    const cells = Object.fromEntries(header.map((key, i) => [key, ada[i]]))
    expect(cells).toEqual({
      ...{ submission: 'ada', name: 'Ada Lovelace', score: '1', maxScore: '28', failed: '6', problem: '' },
      ...{ share: String(1 / 28), submitted: '2026-12-02T12:00:00Z', source: 'commit', hoursLate: '25' },
      ...{
        lostLate: '5.6',
        adjustments: 'all exercises: +1 point, looked at it',
        eviction: '4',
        follow: '0',
      },
      ...{ 'eviction/right': 'passed', 'eviction/wrong': 'failed', 'eviction/slow': 'timed out' },
      ...{ 'eviction/large': 'out of memory', 'eviction/loud': 'over a limit', 'eviction/fatal': 'crashed' },
      'follow/later': 'not begun',
    })
    expect(bob.filter((cell) => cell !== '')).toEqual(['bob', 'bob', 'nothing handed in'])
    expect(report.findings.map(({ text }) => text)).toEqual([
      '1 of 2 graded, with 1.0 points on average.',
      '7 checks: 1 passed, 1 failed, 1 timed out, 1 out of memory, 1 over a limit, 1 crashed, 1 not begun.',
    ])
  })

  test('there is no average of nothing', () => {
    expect(gradebookReport(bookOf([missing])).findings[0].text).toBe('0 of 1 graded.')
  })

  test('without roster, deadline and points by hand there are no columns for them', () => {
    const report = gradebookReport({ ...bookOf([graded]), hasRoster: false })
    const keys = report.tables[0].columns.map(({ key }) => key)
    expect(keys.slice(0, 7)).toEqual([
      ...['submission', 'score', 'maxScore', 'share', 'failed', 'problem', 'eviction'],
    ])
  })

  const rendered = async (format: keyof typeof bookFormats, given = bookOf([late, missing], [], deadline)) =>
    (await bookFormats[format].render())(given, 'none')

  test('what Gradescope, Canvas and Moodle know', async () => {
    expect(await rendered('gradescope')).toBe(
      'Name,SID,Email,Total Score,Max Points,Status,Submission Time,Lateness (H:M:S)\nAda Lovelace,7,ada@example.org,0,28,Graded,2026-12-02T12:00:00Z,25:00:00\nbob,,,,,Missing,,\n',
    )
    expect(await rendered('canvas')).toBe(
      'Student,ID,SIS User ID,SIS Login ID,Section,cachelab\n    Points Possible,,,,,28\nAda Lovelace,7,,,,0\nbob,,,,,\n',
    )
    expect(await rendered('moodle')).toBe(
      'ID number,Email address,Username,Full name,cachelab,cachelab (feedback)\n7,ada@example.org,,Ada Lovelace,0,25 hours late: −5.6 points\n,,,bob,,nothing handed in\n',
    )
  })

  test('JUnit has a suite for each exercise of each student, and an error for who has no grade', async () => {
    const { testsuite } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
      await rendered('junit'),
    ).testsuites
    expect(
      testsuite.map(({ name, errors, failures }: Record<string, string>) => [name, failures, errors]),
    ).toEqual([
      ['Ada Lovelace: eviction', '5', '0'],
      ['Ada Lovelace: follow', '1', '0'],
      ['bob', '0', '1'],
    ])
    expect(await rendered('junit')).not.toContain('you evicted A')
  })

  test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))(
    '%s is text in all of them',
    async (_, name) => {
      const hostile = { ...student, name, folder: name, id: name, email: name }
      const words = { ...adjustment(1, true), folder: name, reason: name }
      const book = bookOf(
        [
          { ...late, student: hostile },
          { ...missing, student: hostile, problem: name },
        ],
        [words],
      )
      const tables = await Promise.all(
        (['gradescope', 'canvas', 'moodle'] as const).map((one) => rendered(one, book)),
      )
      for (const text of [...tables, renderCsv(gradebookReport(book))]) {
        expect(text).not.toMatch(UNSEEN)
        expect(commandsIn(text)).toEqual([])
        for (const cell of parseCsv(text).flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t\r＝]/)
      }
      const xml = await rendered('junit', book)
      expect(XMLValidator.validate(xml)).toBe(true)
      expect(xml).not.toMatch(UNSEEN)
      expect(commandsIn(xml)).toEqual([])
      for (const entry of book.entries) {
        const plain = { ...entry, student, problem: 'why', adjustments: [{ ...words, reason: 'why' }] }
        expect(parseMarkdown(studentReport(entry)).blocks).toBe(parseMarkdown(studentReport(plain)).blocks)
        expect(commandsIn(studentReport(entry))).toEqual([])
      }
    },
  )
})

describe('a report for each student', () => {
  const entry = entryOf(late, [adjustment(30, false)], deadline)

  test('has the name, what changed the points, and the next step', () => {
    const report = studentReport(entry, 'hints')
    expect(report).toContain('# Ada Lovelace: 30 of 28 points (107.1%)\n')
    expect(report).toContain('- The checks gave 4 points.\n')
    expect(report).toContain('by the time of the commit: 25 hours late, which costs 5.6 points.\n')
    expect(report).toContain('- By hand: all exercises: 30 points, looked at it.\n')
    expect(report).toContain('Next: `eviction`, in `eviction.ts`.\n')
    expect(report).toContain('✅ the check right')
    expect(report).toContain('❌ the check wrong')
  })

  test.each([
    [undefined, true, true, true],
    ['hints', true, true, false],
    ['cases', true, false, false],
    ['none', false, false, false],
  ] as const)('%s shows cases: %s, hints: %s, the seed: %s', (reveal, cases, hints, seed) => {
    const report = studentReport(entry, reveal)
    expect(report.includes('you evicted A')).toBe(cases)
    expect(report.includes('A hit counts as use too')).toBe(hints)
    expect(report.includes('hidden-seed')).toBe(seed)
  })

  test('says why there is none', () => {
    expect(studentReport(entryOf(missing, []), 'none')).toBe('# bob: not graded\n\nnothing handed in\n')
  })
})
