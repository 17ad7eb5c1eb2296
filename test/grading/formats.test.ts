import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { Parser } from 'tap-parser'
import { describe, expect, test } from 'vitest'
import { gradeFormatNames } from '../../src/grading/formats/index.js'
import { renderInstructorReport } from '../../src/grading/formats/instructor.js'
import type { CheckResult, Grade } from '../../src/grading/results.js'
import { revealed, reveals } from '../../src/grading/reveal.js'
import { check, exerciseOf, gradeOf, render, shown } from './grades.js'

const NASTY =
  'a "quoted" <tag> & \'x\' ]]> #hash | pipe `tick`\nsecond line\r\n😀 \u0000\u001b[31m\u0085\ud800 ::error::x %0A * _ \\ ``` </script>'

const gradeWith = (...checks: readonly CheckResult[]) => gradeOf(exerciseOf(checks))

const grades = {
  pass: gradeWith(check('one', true), check('two', true)),
  fail: gradeWith(check('one', true), check('two', false)),
  crash: gradeWith(
    check('one', false, { message: 'your program was ended by SIGSEGV, without an answer', printed: 'oh\n' }),
  ),
  nasty: gradeWith(
    check('one', false, { title: NASTY, message: NASTY, next: NASTY, printed: NASTY }),
    check('two', true, { title: NASTY, printed: NASTY }),
  ),
}
const hints = gradeWith(check('one', true), check('two', false, { printed: 'asked for A B A C\n' }))
const untouched = gradeOf(
  exerciseOf(
    ['one', 'two'].map((id) => check(id, false, { message: '', next: '' })),
    { begun: false },
  ),
)
const cases = Object.entries({
  ...grades,
  untouched,
  ...Object.fromEntries(reveals.map((how) => [`reveal ${how}`, revealed(hints, how)])),
})

const passedOf = ({ exercises }: Grade) => exercises[0].checks.map(({ passed }) => passed)

describe.each(cases)('%s', (_, grade) => {
  test('junit is XML that another parser reads', async () => {
    const text = await render('junit', grade)
    expect(XMLValidator.validate(text)).toBe(true)
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      htmlEntities: true,
      isArray: (name) => name === 'testcase',
    })
    const { testsuite } = parser.parse(text).testsuites
    expect(testsuite).toMatchObject({
      name: 'eviction',
      tests: String(passedOf(grade).length),
      failures: String(passedOf(grade).filter((passed) => !passed).length),
      errors: '0',
      time: '0',
    })
    expect(testsuite.testcase.map((one: object) => !('failure' in one))).toEqual(passedOf(grade))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\ufffe\uffff]|\p{Surrogate}/u)
  })

  test('tap is TAP 14 that another parser reads', async () => {
    const points: { ok: boolean; name: string; diag?: { message: string } }[] = []
    const results = await new Promise<{ ok: boolean; count: number; failures: unknown[] }>(
      (resolve, reject) => {
        const parser = new Parser({ strict: true }, resolve)
        parser.on('assert', (point) => points.push(point))
        parser.on('extra', (text) => reject(new Error(`extra: ${text}`)))
        render('tap', grade).then((text) => parser.end(text), reject)
      },
    )
    expect(points.map(({ ok }) => ok)).toEqual(passedOf(grade))
    expect(results.count).toBe(passedOf(grade).length)
    expect(results.ok).toBe(passedOf(grade).every((passed) => passed))
    const failed = grade.exercises[0].checks.find(({ passed }) => !passed)
    if (failed) expect(points.find(({ ok }) => !ok)!.diag!.message).toContain(failed.message.slice(0, 30))
  })

  test('gradescope', async () => {
    const results = JSON.parse(await render('gradescope', grade))
    expect(results.score).toBe(grade.score)
    expect(results.execution_time).toBeUndefined()
    expect(results.tests.map(({ status }: { status: string }) => status === 'passed')).toEqual(
      passedOf(grade),
    )
    for (const one of results.tests) {
      expect(Object.keys(one).sort()).toEqual([
        'max_score',
        'name',
        'number',
        'output',
        'output_format',
        'score',
        'status',
        'tags',
        'visibility',
      ])
    }
  })

  test('classroom50', async () => {
    const environment = {
      CLASSROOM: 'cs',
      ASSIGNMENT: 'caching',
      SUBMISSION_TAG: 'submit/1',
      COMMIT_URL: 'https://c',
      RELEASE_URL: 'https://r',
      SOURCE_DATE_EPOCH: '1700000000',
    }
    const result = JSON.parse(await render('classroom50', grade, { environment, folder: tmpdir() }))
    expect(result).toMatchObject({
      schema: 'classroom50/result/v1',
      ...{
        classroom: 'cs',
        assignment: 'caching',
        submission: 'submit/1',
        commit: 'https://c',
        release: 'https://r',
        review: 'https://c',
      },
      datetime: '2023-11-14T22:13:20Z',
      score: grade.score,
      'max-score': grade.maxScore,
    })
    const sum = (key: string) =>
      result.tests.reduce((total: number, one: Record<string, number>) => total + one[key], 0)
    expect([sum('score'), sum('max-score')]).toEqual([grade.score, grade.maxScore])
    expect(result.tests.map(({ passed }: { passed: boolean }) => passed)).toEqual(passedOf(grade))
  })

  test('github: annotations, the reporter’s result, the summary', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'github-'))
    const environment = {
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_WORKSPACE: '/',
    }
    const lines = (await render('github', grade, { environment })).trimEnd().split('\n')
    const failed = passedOf(grade).filter((passed) => !passed).length
    expect(lines).toHaveLength((grade === untouched ? 1 : failed) + 1)
    for (const line of lines.slice(0, -1))
      expect(line).toMatch(/^::(error|warning) file=lab\/eviction\.ts,line=1,title=[^:,\r\n]*::[^\r\n]+$/)
    const share = Math.floor((grade.score / grade.maxScore) * 1000) / 10
    const points = `${grade.score} of ${grade.maxScore} points (${share}%25); solutions ran isolated by bubblewrap`
    expect(lines.at(-1)).toBe(`::notice title=cachelab::${points}`)
    const [, encoded] = /^result=([\w+/=]+)\n$/.exec(readFileSync(environment.GITHUB_OUTPUT, 'utf8'))!
    const result = JSON.parse(Buffer.from(encoded, 'base64').toString())
    expect(result).toMatchObject({
      version: 1,
      status: failed > 0 ? 'fail' : 'pass',
      max_score: grade.maxScore,
    })
    expect(result.tests.map(({ status }: { status: string }) => status === 'pass')).toEqual(passedOf(grade))
    for (const one of result.tests) {
      expect(Object.keys(one).sort()).toEqual([
        'duration',
        'filename',
        'line_no',
        'message',
        'name',
        'score',
        'status',
        'test_code',
      ])
    }
    expect(readFileSync(environment.GITHUB_STEP_SUMMARY, 'utf8')).toContain(
      `# ${grade.score} of ${grade.maxScore} points`,
    )
  })

  test('table, json, csv and markdown show nothing that could act', async () => {
    for (const format of ['table', 'csv', 'markdown'] as const) {
      const text = await render(format, grade)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      if (format !== 'csv') expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f]/)
      expect(text).toContain(
        'the check two'.slice(0, [grades.nasty, grades.crash, untouched].includes(grade) ? 0 : undefined),
      )
    }
    const markdown = await render('markdown', grade)
    expect(markdown.replaceAll(/^ *(`{3,})[\s\S]*?^ *\1$/gm, '')).not.toMatch(/<tag>|<\/script>/)
    const { findings } = JSON.parse(await render('json', grade))
    expect(findings.at(-1)).toMatchObject({
      id: 'score',
      measured: grade.score,
      expected: grade.maxScore,
      ok: grade.score === grade.maxScore,
    })
  })

  test('only the instructor’s report has the seed', async () => {
    for (const format of gradeFormatNames) expect(await render(format, grade)).not.toContain('hidden-seed')
    expect(renderInstructorReport(grade)).toContain('Seed: `hidden-seed`.')
  })
})

describe.each(gradeFormatNames)('%s tells what is asked for', (format) => {
  const tells = { case: /you evicted A/, hint: /A hit counts as use too/, printed: /asked for A B A C/ }

  test.each([
    ['none', []],
    ['cases', ['case', 'printed']],
    ['hints', ['case', 'hint', 'printed']],
  ] as const)('--reveal %s', async (how, told: readonly string[]) => {
    const text = await shown(format, revealed(hints, how))
    const expected = format === 'csv' ? [] : told
    expect(Object.entries(tells).flatMap(([name, pattern]) => (pattern.test(text) ? name : []))).toEqual(
      expected,
    )
    // Nothing is left of a sentence that isn't told.
    expect(text).not.toMatch(/(?<![.\d])\.\.(?!\.)|\. \.|: \.|"\."|>\.|^ *[✗•]? *\.$|message=""/m)
    expect(text).toContain('the check two')
  })

  test('what is not begun', async () => {
    const text = await shown(format, untouched)
    expect(text.replaceAll(/\s+/g, ' ')).toMatch(
      format === 'csv'
        ? /(,not begun,0,4.*){2}/
        : /eviction: not begun\. Open `?eviction\.ts`?; the task is in tasks\/eviction\.md\./,
    )
    expect(text).not.toMatch(/passed(?!["\w]*[:=] ?false)|skipped="[^0]|# (SKIP|TODO)|^ok/m)
  })
})

test.each(gradeFormatNames)('%s names what the solutions were kept in by', async (format) => {
  expect(await shown(format, grades.pass)).toContain('bubblewrap')
  const open = await shown(format, { ...grades.pass, isolation: 'none' })
  expect(open).toMatch(/without isolation|isolation["\s,:=]+(value=")?none|,none$/m)
})

test('the instructor’s report tells all', () => {
  for (const text of ['you evicted A', 'A hit counts as use too', 'asked for A B A C'])
    expect(renderInstructorReport(hints)).toContain(text)
})

test('times are written on demand only', async () => {
  expect(await render('junit', grades.pass, { times: true })).toContain('time="1.235"')
  expect(JSON.parse(await render('gradescope', grades.pass, { times: true })).execution_time).toBe(2.469)
})

test.each(['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'])('%s that can’t be written', (name) =>
  expect(render('github', grades.pass, { environment: { [name]: '/no/such/file' } })).rejects.toThrow(
    `can't write ${name} "/no/such/file": ENOENT`,
  ),
)

test('Classroom 50: outside a repository the time is SOURCE_DATE_EPOCH, else that of the grading', async () => {
  const timeOf = async (SOURCE_DATE_EPOCH: string) => {
    const text = await render('classroom50', grades.pass, { environment: { SOURCE_DATE_EPOCH }, folder: '/' })
    return Date.parse(JSON.parse(text).datetime)
  }
  expect(await timeOf('99999999')).toBe(99_999_999_000)
  const begun = Math.floor(Date.now() / 1000) * 1000
  for (const odd of ['', '-1', '1e9', '17x', 'x17', '123456789012'])
    expect(await timeOf(odd)).toBeGreaterThanOrEqual(begun)
})
