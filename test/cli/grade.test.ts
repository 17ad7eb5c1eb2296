import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bankOf } from '../grading/wrong-ones.js'
import { byLayer, isThorough, testOnce } from '../layer.js'
import { commandsIn, HOSTILE, parseCsv, parseMarkdown, UNSEEN } from '../report/hostile-text.js'
import { cachelab, refused } from './in-process.js'
import { solvedLab, temporaryFolder } from './lab.js'
import { commandLines, until } from './processes.js'
import { root, cachelab as startedCachelab } from './run.js'

const refusedFor = (args: readonly string[], text: string, cwd?: string) => refused(args, [text], cwd)

const solved = solvedLab()
/** A lab with one check that fails: 78 points. */
const flawed = solvedLab()
writeFileSync(
  join(flawed, 'keys-moved.js'),
  readFileSync(join(flawed, 'keys-moved.js'), 'utf8').replace('Math.max(before, after)\n}', 'after\n}'),
)
const quick = ['--exercise', 'keys-moved']

describe('scores and exit codes', () => {
  test.each<[string, string[], number]>([
    [solved, [], 0],
    [flawed, [], 1],
    [flawed, ['--min-score', '8'], 0],
    [flawed, ['--min-score', '80%'], 0],
    [flawed, ['--min-score', '80.1%'], 1],
    ...byLayer<[string, string[], number][]>(
      [],
      [
        [flawed, ['--min-score', '8.5'], 1],
        [flawed, ['--min-score', '0'], 0],
      ],
    ),
  ])('%s %j: %d', async (folder, flags, code) => {
    const result = await cachelab(['grade', folder, ...quick, ...flags])
    expect(result.code).toBe(code)
    expect(result.stdout).toContain(folder === solved ? '✓ 10 of 10 points.' : '✗ 8 of 10 points.')
  })

  test.runIf(isThorough)(
    'the same files get the same cases, others other ones, and a secret decides alone',
    async () => {
      const message = async (folder: string, env: NodeJS.ProcessEnv = {}, flags: readonly string[] = []) => {
        // The secret is taken out of the environment of a process.
        const { stdout } = await startedCachelab(['grade', folder, ...quick, '--format', 'json', ...flags], {
          env,
        })
        return JSON.parse(stdout)
          .findings.map(({ text }: { text: string }) => text)
          .join()
      }
      const lab = solvedLab(temporaryFolder(), 'js', 'starter')
      // Tells what it is asked, the fixed cases and those that the seed decides.
      writeFileSync(
        join(lab, 'keys-moved.js'),
        'export const movedByModulo = (...servers) => console.log(servers.join()) ?? 2',
      )
      const first = await message(lab)
      expect(await message(lab)).toBe(first)
      const secret = await message(lab, { CACHELAB_SEED: 's3cret' })
      expect(secret).not.toBe(first)
      expect(await message(lab, {}, ['--seed', 's3cret'])).toBe(secret)
      expect(await message(lab, { CACHELAB_SEED: 's3cret' }, ['--seed', 'other'])).not.toBe(secret)
      writeFileSync(join(lab, 'notes.txt'), 'changed')
      expect(await message(lab)).not.toBe(first)
    },
  )

  testOnce('progress is not trusted', async () => {
    const lab = solvedLab(temporaryFolder(), 'js', 'starter')
    mkdirSync(join(lab, '.cachelab'))
    writeFileSync(
      join(lab, '.cachelab', 'progress.json'),
      '{"exercises":{"keys-moved":{"passed":4,"checks":4}}}',
    )
    expect((await cachelab(['grade', lab, ...quick])).stdout).toContain('✗ 0 of 10 points.')
  })
})

describe('a lab that lacks something', () => {
  testOnce('a missing file, export or entry is a failed check', async () => {
    const lab = temporaryFolder()
    writeFileSync(join(lab, 'empty.js'), 'export const one = 1, two = 2')
    writeFileSync(
      join(lab, 'cachelab.json'),
      JSON.stringify({
        exercises: {
          'keys-moved': { file: 'gone.js' },
          'hash-ring': { file: 'empty.js' },
        },
      }),
    )
    const csv = join(temporaryFolder(), 'grade.csv')
    const line = ['grade', lab, '--format', 'csv', '--output', csv, '--format', 'json', '--reveal', 'hints']
    const { stdout, code } = await cachelab(line)
    expect(code).toBe(1)
    expect(readFileSync(csv, 'utf8')).not.toContain('passed')
    const { findings } = JSON.parse(stdout)
    const text = findings.map((finding: { text: string }) => finding.text).join('\n')
    expect(text).toContain('there is no file gone.js')
    expect(text).toContain('empty.js has no function locate; it has one, two')
    expect(text).toContain('cachelab.json has no entry "replication"')
    const commands = findings.flatMap(({ command }: { command?: string }) => command ?? [])
    expect(new Set(commands)).toEqual(new Set(['cachelab reset keys-moved', 'cachelab init --update']))
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'node_modules'))
    symlinkSync(root, join(cwd, 'node_modules', 'cachelab'))
    const installed = await cachelab(['grade', lab, ...quick, '--reveal', 'hints'], { cwd })
    expect(installed.stdout).toContain('    npx cachelab reset keys-moved\n')
  })

  testOnce('a command that does not exist is no grade, wherever it should be', async () => {
    for (const program of ['no-such-interpreter', './no-such-file', '/no/such/file']) {
      const lab = temporaryFolder()
      const entry = { file: 'keys-moved.sh', command: [program, 'keys-moved.sh'] }
      writeFileSync(
        join(lab, 'cachelab.json'),
        JSON.stringify({ exercises: { 'keys-moved': entry } }, null, 2),
      )
      await refusedFor(
        ['grade', lab, ...quick],
        `line 3: there is no program "${program}" to start "keys-moved" with`,
      )
      await refusedFor(['check', 'keys-moved', '--lab', lab], `there is no program "${program}"`)
    }
  })

  testOnce('links in a submission are not followed', async () => {
    const lab = temporaryFolder()
    symlinkSync(join(solved, 'keys-moved.js'), join(lab, 'keys-moved.js'))
    cpSync(join(solved, 'cachelab.json'), join(lab, 'cachelab.json'))
    const { stdout, code } = await cachelab(['grade', lab, ...quick])
    expect(code).toBe(1)
    expect(stdout).toContain('0 of 10 points')
  })
})

describe('outputs', () => {
  testOnce('several formats in one run, each in its place', async () => {
    const folder = temporaryFolder()
    const path = (name: string) => join(folder, name)
    const { stdout, code } = await cachelab([
      ...['grade', flawed, ...quick, '--format', 'junit', '--output', path('a.xml'), '--format', 'tap'],
      ...['--format', 'gradescope', '--output', path('g.json'), '--report', path('r.md')],
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^TAP version 14\n1\.\.4\n/)
    expect(readdirSync(folder).sort()).toEqual(['a.xml', 'g.json', 'r.md'])
    expect(readFileSync(path('a.xml'), 'utf8')).toContain(
      '<testsuite name="keys-moved" tests="4" failures="1"',
    )
    expect(JSON.parse(readFileSync(path('g.json'), 'utf8')).score).toBe(8)
    expect(readFileSync(path('r.md'), 'utf8')).toMatch(/Seed: `[0-9a-f]{16}`/)
  })

  testOnce.each([
    [[], [true, false]],
    [
      ['--reveal', 'none'],
      [false, false],
    ],
    [
      ['--reveal', 'hints'],
      [true, true],
    ],
  ])('what is told of a failed check, %j; the report tells all', async (flags, told) => {
    const report = join(temporaryFolder(), 'r.md')
    const { stdout } = await cachelab(['grade', flawed, ...quick, ...flags, '--report', report])
    const patterns = [/you returned/, /Only keys of the servers/]
    const all = readFileSync(report, 'utf8').replaceAll(/\s+/g, ' ')
    expect(patterns.map((pattern) => pattern.test(stdout.replaceAll(/\s+/g, ' ')))).toEqual(told)
    expect(patterns.map((pattern) => pattern.test(all))).toEqual([true, true])
    expect(stdout).toContain('8 of 10 points')
  })

  testOnce('an output alone: the table in a file, and a line that says the score', async () => {
    const path = join(temporaryFolder(), 'grade.txt')
    const { stdout } = await cachelab(['grade', solved, ...quick, '--output', path])
    expect(stdout).toBe('10 of 10 points\n')
    expect(readFileSync(path, 'utf8')).toContain('✓ 10 of 10 points.')
  })

  testOnce('a full disk', async () => {
    const { stderr, code } = await cachelab(['grade', solved, ...quick, '--output', '/dev/full'])
    expect([stderr, code]).toEqual(['error: can\'t write "/dev/full": ENOSPC\n', 3])
  })

  testOnce.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s half-way: nothing is written, nothing is left', async (signal, expected) => {
    const folder = temporaryFolder()
    const lab = temporaryFolder()
    const file = `loop-${basename(lab)}.js`
    writeFileSync(join(lab, file), 'for (;;);')
    writeFileSync(join(lab, 'cachelab.json'), JSON.stringify({ exercises: { 'keys-moved': { file } } }))
    const isRunning = () => commandLines().some((line) => line.includes(file))
    const { code, stdout } = await startedCachelab(
      ['grade', lab, ...quick, '--output', join(folder, 'grade.txt')],
      {
        env: { TMPDIR: folder },
        started: (kill) => void until(isRunning).then(() => kill(signal)),
      },
    )
    expect([code, stdout]).toEqual([expected, ''])
    expect(readdirSync(folder)).toEqual([])
    // The kernel takes its time to end what was killed.
    await until(() => !isRunning())
  })

  testOnce('on GitHub’s runners nothing that a solution prints is a command', async () => {
    const lab = solvedLab()
    writeFileSync(
      join(lab, 'keys-moved.js'),
      "console.log('\\n::set-env name=A::b')\nexport const movedByModulo = () => 0",
    )
    const { stdout } = await cachelab(['grade', lab, ...quick], { env: { GITHUB_ACTIONS: 'true' } })
    const [, token] = /^::stop-commands::([0-9a-f]{24})\n/.exec(stdout)!
    expect(stdout.endsWith(`::${token}::\n`)).toBe(true)
  })
})

describe('what counts', () => {
  /** A lab in which nothing is begun, and that has only some exercises; with what is said of all of them. */
  const labWith = async (isKept: (slug: string) => boolean, ...flags: string[]) => {
    const lab = solvedLab(temporaryFolder(), 'js', 'starter')
    const path = join(lab, 'cachelab.json')
    const { exercises, ...rest } = JSON.parse(readFileSync(path, 'utf8'))
    const kept = Object.entries(exercises).filter(([slug]) => isKept(slug))
    writeFileSync(path, JSON.stringify({ ...rest, exercises: Object.fromEntries(kept) }))
    const { stdout } = await cachelab(['grade', lab, '--format', 'json', ...flags])
    const report = JSON.parse(stdout)
    const { expected, text } = report.findings.find(({ id }: { id: string }) => id === 'score')
    const tables = report.tables as { name: string; rows: { exercise: string; maxScore: number }[] }[]
    return { most: expected, text, rows: tables.find(({ name }) => name === 'exercises')?.rows ?? [] }
  }
  /** The exercises of the first labs, which were worth 100 points. */
  const first = [
    'keys-moved',
    'sentinel-or-cluster',
    'hash-ring',
    'replication',
    'eviction',
    'data-structures',
    'follow',
  ]

  test('a lab from before an exercise came keeps its total, and each exercise its points', async () => {
    const [old, all] = [await labWith((slug) => first.includes(slug)), await labWith(() => true)]
    expect(old.most).toBe(100)
    expect(all.most).toBeGreaterThan(100)
    expect(old.rows.map(({ exercise }) => exercise)).toEqual(first)
    for (const row of old.rows) expect(all.rows).toContainEqual(row)
    expect(all.rows.map(({ maxScore }) => maxScore).reduce((a, b) => a + b)).toBe(all.most)
  })

  test('an exercise that every lab began with counts without its entry, one that is named does too', async () => {
    const none = await labWith(() => false)
    expect(none.most).toBe(100)
    const named = await labWith((slug) => first.includes(slug), '--exercise', 'keys-moved,slots')
    expect(named.rows.map(({ exercise }) => exercise)).toEqual(['keys-moved', 'slots'])
    const all = await labWith(() => false, '--exercise', 'all')
    expect(all.most).toBeGreaterThan(100)
  })
})

describe('bad input', () => {
  testOnce.each([
    [['--min-score', '-1'], '--min-score must be a number from 0'],
    [['--min-score', '11'], '--min-score must be a number from 0 to 10, got "11"'],
    [['--min-score', 'all'], '--min-score must be a number from 0'],
    [['--min-score', '101%'], 'or a share from 0% to 100%, got "101%"'],
    [['--format', 'xml'], '--format must be one of table, json, csv, junit'],
    [['--format', 'tap', '--format', 'json'], 'only one --format can go to standard output'],
    [['--output', 'x', '--format', 'tap', '--output', 'x'], 'two outputs have the same --output'],
    [['--output', '/no/such/folder/x'], 'there is no folder "/no/such/folder"'],
    [['--output', '/tmp'], 'it is a folder'],
    [['--output', join(solved, 'eviction.js')], 'is part of the lab'],
    [['--report', join(solved, 'cachelab.json')], 'is part of the lab'],
    [['--seed', ''], '--seed must be a text'],
    [['--reveal', 'all'], '--reveal must be one of none, cases, hints, got "all"'],
    [['--similar'], '--similar compares the submissions of a --batch'],
    [['--batch', '/no/such/folder', '--similar', '--format', 'csv'], '--similar adds tables'],
    [['--batch', '/no/such/folder', '--reveal', 'none', '--format', 'csv'], '--reveal changes nothing here'],
    [['--batch', '/no/such/folder', '--similar', '--format', 'svg'], '--similar adds tables'],
    [['--roster', 'x.csv'], '--roster needs --batch'],
    [['--deadline', '2026-12-01T12:00Z'], '--deadline needs --batch'],
    [['--adjust', 'x.csv'], '--adjust needs --batch'],
    [['--format', 'moodle'], '--format moodle needs --batch'],
    [['--deadline', '2026-12-01'], '--deadline must be a time with its zone, such as 2026-12-01T12:00+01:00'],
    [['--late', '10'], '--late must be more than 0% and at most 100% a day or hour'],
    [['--late', '0%/day'], 'got "0%/day"'],
    [['--batch', '.', '--late', '10%/day'], '--late needs a --deadline'],
    [['--batch', '.', '--format', 'canvas'], '--format canvas needs a --roster with one of the columns id,'],
    [
      ['--batch', '.', '--format', 'moodle', '--roster', '/no/such/file'],
      '--roster can\'t read "/no/such/file"',
    ],
    [['--batch', '/no/such/folder'], 'leave the other folder out'],
  ])('%j', (flags, text) => refusedFor(['grade', solved, ...quick, ...flags], text))

  testOnce('an unknown exercise, and no lab', async () => {
    await refusedFor(['grade', solved, '--exercise', 'evictoin'], '(did you mean eviction?)')
    await refusedFor(['grade', temporaryFolder()], 'cachelab init makes a lab')
    await refusedFor(['grade', '/no/such/folder'], 'cachelab init makes a lab')
  })
})

describe.runIf(isThorough)('many submissions', () => {
  const submissions = () => {
    const folder = temporaryFolder()
    solvedLab(join(folder, 'ada'))
    solvedLab(join(folder, 'bob'), 'js', 'starter')
    mkdirSync(join(folder, 'broken, "quoted"'))
    solvedLab(join(folder, 'zoe'), 'py')
    return folder
  }

  test('one summary, a report each, and a broken one does not stop the rest', async () => {
    const [batch, reports] = [submissions(), join(temporaryFolder(), 'reports')]
    const line = ['grade', '--batch', batch, ...quick, '--report', reports, '--format', 'csv']
    const { stdout, code } = await cachelab(line)
    expect(code).toBe(1)
    expect(stdout.split('\n').slice(0, -1)).toEqual([
      `submission,score,maxScore,share,failed,problem,keys-moved,${['one-more', 'any-number', 'ring', 'counted'].map((id) => `keys-moved/${id}`).join()}`,
      'ada,10,10,1,0,,10,passed,passed,passed,passed',
      'bob,0,10,0,4,,0,not begun,not begun,not begun,not begun',
      expect.stringMatching(
        /^"broken, ""quoted""",,,,,"no cachelab.json in .*cachelab init makes a lab",,,,,$/,
      ),
      'zoe,10,10,1,0,,10,passed,passed,passed,passed',
    ])
    expect(readdirSync(reports).sort()).toEqual(
      ['ada', 'bob', 'zoe']
        .flatMap((name) => [`${name}.json`, `${name}.md`])
        .concat('broken, "quoted".md')
        .sort(),
    )
    expect(readFileSync(join(reports, 'bob.md'), 'utf8')).toMatch(/# bob: 0 of 10 points[\s\S]*Seed: `/)
  })

  test('names of submissions are text, whatever they are, and of any length', async () => {
    const [batch, reports] = [temporaryFolder(), join(temporaryFolder(), 'reports')]
    const names = HOSTILE.map((name) => name.replaceAll(/[/\0]/g, '')).filter((name) => !name.startsWith('.'))
    const folders = [...new Set([...names, 'x'.repeat(255)].filter((name) => Buffer.byteLength(name) <= 255))]
    for (const name of folders) mkdirSync(join(batch, name), { recursive: true })
    // As the file system has them: half a character is another one there.
    const submissions = readdirSync(batch).sort()
    expect(submissions.length).toBeGreaterThan(70)
    for (const format of byLayer(['markdown'], ['table', 'csv', 'json', 'markdown'])) {
      const line = ['grade', '--batch', batch, '--report', reports, '--format', format]
      const { stdout, stderr, code } = await cachelab(line)
      expect([stderr, code]).toEqual(['', 1])
      expect(stdout).not.toMatch(UNSEEN)
      expect(commandsIn(stdout)).toEqual([])
      if (format === 'csv') expect(parseCsv(stdout)).toHaveLength(submissions.length + 1)
      if (format === 'json')
        expect(
          JSON.parse(stdout).tables[0].rows.map((row: { submission: string }) => row.submission),
        ).toEqual(submissions)
      if (format === 'markdown')
        expect(parseMarkdown(stdout).blocks.match(/tr_open/g)).toHaveLength(submissions.length + 1)
    }
    const written = readdirSync(reports)
    expect(written).toHaveLength(submissions.length)
    const plain = parseMarkdown('# Not graded\n\nwhy\n').blocks
    for (const name of written) {
      const text = readFileSync(join(reports, name), 'utf8')
      expect(commandsIn(text)).toEqual([])
      expect(parseMarkdown(text).blocks).toBe(plain)
    }
    const actions = await cachelab(['grade', '--batch', batch], { env: { GITHUB_ACTIONS: 'true' } })
    expect(actions.stdout).toMatch(/^::stop-commands::([0-9a-f]{24})\n[\s\S]*\n::\1::\n$/)
  })

  test('a second run grades only what changed', async () => {
    const [batch, reports] = [submissions(), join(temporaryFolder(), 'reports')]
    const line = ['grade', '--batch', batch, ...quick, '--report', reports, '--format', 'csv']
    const first = await cachelab(line)
    const marked = JSON.parse(readFileSync(join(reports, 'ada.json'), 'utf8'))
    writeFileSync(join(reports, 'ada.json'), JSON.stringify(marked).replaceAll('"score":10', '"score":7'))
    expect((await cachelab(line)).stdout).toContain('\nada,7,10,0.7,0,,7,passed,')
    writeFileSync(join(batch, 'ada', 'notes.txt'), 'changed')
    expect((await cachelab(line)).stdout).toBe(first.stdout)
    writeFileSync(join(batch, 'ada', 'cachelab.json'), '{')
    await cachelab(line)
    expect(readdirSync(reports).filter((name) => name.startsWith('ada.'))).toEqual(['ada.md'])
  })

  test.each([
    ['none', false],
    ['cases', true],
  ])(
    'with --reveal %s, cases of failed checks are in lists and reports: %s; the seed never',
    async (how, isTold) => {
      const [batch, made] = [temporaryFolder(), temporaryFolder()]
      solvedLab(join(batch, 'ada'))
      const path = join(batch, 'ada', 'keys-moved.js')
      const printing = readFileSync(path, 'utf8').replace(
        'return Math',
        'console.log("MARK", before)\n  throw Error("MARK")\n  return Math',
      )
      writeFileSync(path, printing)
      const outputs = ['csv', 'json', 'markdown', 'html', 'junit'].flatMap((format) => [
        '--format',
        format,
        '--output',
        join(made, format),
      ])
      const line = [
        'grade',
        '--batch',
        batch,
        ...quick,
        '--seed',
        'HIDDEN',
        '--report',
        made,
        '--reveal',
        how,
        ...outputs,
        '--format',
        'table',
      ]
      // The second time from what is kept beside the reports.
      for (const _ of [1, 2]) {
        const { stdout } = await cachelab(line)
        const texts = Object.fromEntries(
          readdirSync(made).map((name) => [name, readFileSync(join(made, name), 'utf8')]),
        )
        expect(Object.values({ ...texts, stdout }).join()).not.toContain('HIDDEN')
        const telling = Object.keys(texts).filter((name) => texts[name].includes('MARK'))
        expect(telling.sort()).toEqual(
          isTold ? ['ada.json', 'ada.md', 'html', 'json', 'junit', 'markdown'] : [],
        )
        expect(stdout.includes('MARK')).toBe(isTold)
        expect(texts.csv).toContain('crashed')
      }
    },
  )

  test('solutions that are alike, beside those that are not and folders without a lab', async () => {
    const batch = submissions()
    for (const [name, solution] of Object.entries({ eve: 'plain', fay: 'generators', gus: 'plain' })) {
      solvedLab(join(batch, name))
      copyFileSync(join(bankOf('eviction'), `right/${solution}.js`), join(batch, name, 'eviction.js'))
    }
    const line = ['grade', '--batch', batch, '--exercise', 'eviction', '--isolation', 'none', '--similar']
    const { stdout } = await cachelab([...line, '--format', 'json'])
    const { tables, findings } = JSON.parse(stdout)
    expect(tables.map(({ name }: { name: string }) => name)).toEqual(['submissions', 'alike', 'alike-1'])
    expect(tables[1].rows).toEqual([
      expect.objectContaining({ exercise: 'eviction', submission: 'eve', other: 'gus', share: 1 }),
    ])
    expect(findings.slice(2)).toEqual([
      { id: 'alike', text: expect.stringContaining('a reason to look, no verdict') },
      { id: 'tooShort', text: expect.stringMatching(/^3 of 6 solutions can’t be compared/) },
    ])
  })

  test('formats, the score that is asked for, and empty folders', async () => {
    const batch = temporaryFolder()
    await refusedFor(['grade', '--batch', batch], 'there are no submissions')
    solvedLab(join(batch, 'ada'))
    await refusedFor(
      ['grade', '--batch', batch, '--format', 'tap'],
      '--batch writes table, json, csv, markdown, html, svg, junit, gradescope, canvas, moodle, not tap',
    )
    expect((await cachelab(['grade', '--batch', batch, ...quick])).stdout).toContain(
      '1 of 1 graded, with 10.0 points on average.',
    )
    expect((await cachelab(['grade', '--batch', batch, ...quick, '--min-score', '10'])).code).toBe(0)
    solvedLab(join(batch, 'bob'), 'js', 'starter')
    const shares = await cachelab([
      'grade',
      '--batch',
      batch,
      ...quick,
      '--min-score',
      '1%',
      '--format',
      'csv',
    ])
    expect(shares.code).toBe(1)
    expect(shares.stdout).toMatch(/^ada,10,10,1,0,.*\nbob,0,10,0,4,/m)
  })

  test('the roster, the deadline and points by hand; the reports of a second run show less', async () => {
    const [batch, files] = [submissions(), temporaryFolder()]
    const write = (name: string, text: string) => {
      writeFileSync(join(files, name), text)
      return join(files, name)
    }
    const roster = write('roster.csv', 'folder,name,id,submitted\nada,=Ada,7,2026-12-02T12:00Z\neve,Eve,8,\n')
    const adjust = write(
      'adjust.csv',
      'student,exercise,points,reason\nEve,,3,on paper\nbob,keys-moved,+2,asked\n',
    )
    const line = [
      'grade',
      '--batch',
      batch,
      ...quick,
      '--roster',
      roster,
      '--adjust',
      adjust,
      '--report',
      files,
    ]
    const due = [
      '--deadline',
      '2026-12-01T12:00Z',
      '--late',
      '10%/day',
      '--min-score',
      '1',
      '--format',
      'csv',
    ]
    const { stdout, stderr, code } = await cachelab([...line, ...due])
    expect(code).toBe(1)
    expect(stderr).toContain('not in the roster: "bob", "broken, \\"quoted\\"", "zoe"')
    expect(stdout).toContain("\nada,'=Ada,9,10,0.9,0,2026-12-02T12:00:00Z,roster,24,1,,,10,")
    expect(stdout).toMatch(/^bob,bob,2,10,0.2,4,.*Z,files,/m)
    expect(stdout).toMatch(/^eve,Eve,3,,,,,,,,"all exercises: 3 points, on paper",nothing handed in,/m)
    expect(readFileSync(join(files, 'ada.md'), 'utf8')).toMatch(
      /^# \\=Ada: 9 of 10 points \(90%\)\n[\s\S]*Seed/,
    )
    const again = await cachelab([...line, '--reveal', 'none', '--format', 'canvas'])
    expect(again.stdout).toContain("\n'=Ada,7,,,,10\nbob,,,,,2\n")
    expect(readFileSync(join(files, 'ada.md'), 'utf8')).not.toContain('Seed')
    expect(readdirSync(files)).not.toContain('eve.md')
  })
})

testOnce('the protocol’s example in awk is right', async () => {
  const page = readFileSync(join(root, 'src/grading/templates/protocol.md'), 'utf8')
  const lab = temporaryFolder()
  const [, entry] = /```json\n([\s\S]*?)```/.exec(page)!
  const [, source] = /```awk\n([\s\S]*?)```/.exec(page)!
  writeFileSync(join(lab, 'cachelab.json'), entry)
  writeFileSync(join(lab, 'keys-moved.awk'), source)
  const { stdout } = await cachelab(['grade', lab, ...quick])
  expect(stdout).toContain('✓ 10 of 10 points.')
})
