import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Parser } from 'tap-parser'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { gradeFormatNames } from '../../src/grading/formats/index.js'
import { renderInstructorReport } from '../../src/grading/formats/instructor.js'
import type { Grade } from '../../src/grading/results.js'
import { bones, commandsIn, HOSTILE, parseCsv, parseMarkdown, UNSEEN } from '../report/hostile-text.js'
import { render } from './grades.js'

/** A grade in which everything that can come from a submission does, and more. */
function gradeOf(text: string, milliseconds = 1): Grade {
  const check = { id: 'one', title: text, points: 4, message: text, next: text, printed: text, milliseconds }
  const checks = [
    { ...check, passed: false },
    { ...check, id: 'two', passed: true, message: '', next: '' },
  ]
  const exercise = {
    slug: text,
    title: text,
    lesson: '5.1',
    file: text,
    score: 4,
    maxScore: 8,
    begun: true,
    checks,
  }
  return { score: 4, maxScore: 8, seed: 'seed', isolation: 'bubblewrap' as const, exercises: [exercise] }
}

const visible = (text: string) => bones(text).replaceAll('\\', '')
const same = (text: string, given: string) => expect(visible(text)).toBe(visible(given))
const explains = (text: string, given: string) => expect(visible(text)).toContain(visible(`${given}.`))

async function readMarkdown(text: string, given: string, plain: string): Promise<void> {
  const { blocks, texts } = parseMarkdown(text)
  // A solution that printed only what isn't shown at all leaves no block of it.
  expect(blocks).toBe(parseMarkdown(plain).blocks)
  expect(texts[0]).toBe('4 of 8 points (50%)')
  same(texts[6], given)
  expect(texts.filter((one) => visible(one).includes(visible(given)))).toHaveLength(9)
}

/** What another reader of a format has to say; one that is missing here is a format without a proof. */
const readers: Record<string, (text: string, given: string) => Promise<void>> = {
  table: async (text, given) => {
    expect(bones(text)).toContain(bones(given))
    expect(text).toContain('✗ 4 of 8 points.')
  },
  json: async (text, given) => {
    const { findings, tables } = JSON.parse(text)
    expect(tables[0].rows[0].check).toBe(given)
    expect(findings[0].text).toBe(`${given}: ${given}.`)
  },
  csv: async (text, given) => {
    const [header, ...rows] = parseCsv(text)
    expect(header).toEqual(['check', 'result', 'score', 'maxScore', 'isolation'])
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['failed', '0', '4', 'bubblewrap'],
      ['passed', '4', '4', 'bubblewrap'],
    ])
    for (const [cell] of rows) {
      expect(cell).not.toMatch(/^[=+\-@\t\r＝]/)
      same(cell.replace(/^'/, ''), given)
    }
  },
  markdown: async (text, given) => readMarkdown(text, given, await render('markdown', gradeOf('plain'))),
  junit: async (text, given) => {
    expect(XMLValidator.validate(text)).toBe(true)
    const { testsuite } = new XMLParser({
      ...{ ignoreAttributes: false, attributeNamePrefix: '', trimValues: false, parseTagValue: false },
      ...{ htmlEntities: true, isArray: (name: string) => name === 'testcase' },
    }).parse(text).testsuites
    expect([testsuite.tests, testsuite.failures, testsuite.testcase.length]).toEqual(['2', '1', 2])
    const [failed, passed] = testsuite.testcase
    for (const one of [testsuite.name, failed.name, failed.classname, failed.failure.message, passed.name])
      same(one, given)
    expect(Object.keys(passed).sort()).toEqual(['#text', 'classname', 'name', 'system-out', 'time'])
    explains(failed.failure['#text'], given)
  },
  tap: async (text, given) => {
    const points: {
      ok: boolean
      name: string
      skip?: unknown
      todo?: unknown
      diag?: { message: string }
    }[] = []
    const results = await new Promise<{ ok: boolean; count: number; bailout: unknown }>((resolve, reject) => {
      const parser = new Parser({ strict: true }, resolve)
      parser.on('assert', (point) => points.push(point))
      parser.on('extra', (extra) => reject(new Error(`extra: ${extra}`)))
      parser.end(text)
    })
    expect([results.ok, results.count, results.bailout]).toEqual([false, 2, false])
    expect(points.map(({ ok, skip, todo }) => [ok, skip, todo])).toEqual([
      [false, false, false],
      [true, false, false],
    ])
    explains(points[0].diag!.message, given)
  },
  github: async (text) => {
    const lines = text.split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^::error file=[^,:]+,line=1,title=[^,:]+::[^\r\n]+$/)
    expect(lines.slice(1)).toEqual([
      '::notice title=cachelab::4 of 8 points (50%25); solutions ran isolated by bubblewrap',
      '',
    ])
  },
  gradescope: async (text, given) => {
    const { tests, output_format } = JSON.parse(text)
    expect(output_format).toBe('text')
    expect(tests.map(({ output_format, status }: Record<string, string>) => [output_format, status])).toEqual(
      [
        ['text', 'failed'],
        ['text', 'passed'],
      ],
    )
    same(tests[0].name, given)
    same(tests[0].tags[0], given)
    explains(tests[0].output, given)
    expect(tests[0].output).not.toMatch(/[^\P{C}\n\t\u200c\u200d]/u)
  },
  classroom50: async (text, given) => {
    const { tests } = JSON.parse(text)
    expect(tests.map(({ passed }: { passed: boolean }) => passed)).toEqual([false, true])
    same(tests[0]['test-name'], `${given}: ${given}`)
    explains(tests[0].message, given)
  },
}

test('every format has a reader that judges it', () => {
  expect(Object.keys(readers).sort()).toEqual([...gradeFormatNames].sort())
})

describe.each(gradeFormatNames)('%s', (format) => {
  test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('%s is text', async (_, given) => {
    const text = await render(format, gradeOf(given))
    expect(text).not.toMatch(UNSEEN)
    // GitHub's format is made of commands: its own, one a line.
    expect(commandsIn(format === 'github' ? text.replace(/^::(error|notice) /gm, '') : text)).toEqual([])
    await readers[format](text, given)
  })
})

test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))(
  'what GitHub’s steps leave behind: %s is text',
  async (_, given) => {
    const folder = mkdtempSync(join(tmpdir(), 'github-'))
    const [output, summary] = [join(folder, 'output'), join(folder, 'summary')]
    await render('github', gradeOf(given), {
      environment: { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
    })
    await readers.markdown(readFileSync(summary, 'utf8'), given)
    const [, encoded] = /^result=([\w+/=]+)\n$/.exec(readFileSync(output, 'utf8'))!
    const { tests } = JSON.parse(Buffer.from(encoded, 'base64').toString())
    // The reporter prints them, a line each or more.
    for (const one of tests) {
      for (const text of [one.name, one.message, one.test_code, one.filename]) {
        expect(text).not.toMatch(/[^\P{C}\n\t\u200c\u200d]/u)
        expect(commandsIn(text)).toEqual([])
      }
    }
  },
)

test.each(HOSTILE.map((text) => [JSON.stringify(text), text]))(
  'the instructor’s report: %s is text',
  async (_, given) => {
    const text = renderInstructorReport({ ...gradeOf(given), seed: given })
    expect(text).not.toMatch(UNSEEN)
    expect(commandsIn(text)).toEqual([])
    expect(parseMarkdown(text).blocks).toBe(parseMarkdown(renderInstructorReport(gradeOf('plain'))).blocks)
  },
)

describe('the same grade gives the same bytes', () => {
  afterEach(() => vi.useRealTimers())

  test.each(gradeFormatNames)('%s', async (format) => {
    // Only Classroom 50 wants a time, which is the commit's.
    const environment = format === 'classroom50' ? { SOURCE_DATE_EPOCH: '1700000000' } : {}
    vi.useFakeTimers({ now: 0 })
    const first = await render(format, gradeOf('plain', 1), { environment })
    vi.setSystemTime(1e12)
    expect(await render(format, gradeOf('plain', 98765.4), { environment })).toBe(first)
  })
})
