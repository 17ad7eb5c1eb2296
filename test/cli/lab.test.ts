import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { slugs, sourceOf } from '../../src/grading/course.js'
import { type Language, languages } from '../../src/grading/languages.js'
import { cachelab, refused } from './in-process.js'
import { solvedLab, temporaryFolder } from './lab.js'
import { Session } from './session.js'

const refusedFor = (args: readonly string[], text: string, cwd?: string) => refused(args, [text], cwd)

describe('init', () => {
  test.each<[Language, string]>([
    ['ts', 'hash-ring.ts'],
    ['js', 'hash-ring.js'],
    ['py', 'hash_ring.py'],
  ])('%s: a lab ready to work in', async (language, file) => {
    const folder = join(temporaryFolder(), 'deep', 'lab')
    const { code, stderr, stdout } = await cachelab(['init', folder, '--language', language])
    expect([code, stderr]).toEqual([0, ''])
    const files = [file, 'cachelab.json', 'README.md', 'PROTOCOL.md', 'tasks/hash-ring.md', 'package.json']
    for (const name of [...files, 'package-lock.json', 'cachelab-package/cachelab-0.1.0.tgz']) {
      expect(stdout).toContain(`${name}\n`)
      expect(existsSync(join(folder, name))).toBe(true)
    }
    // What starters are worth: course.test.ts.
    for (const slug of slugs()) {
      const path = join(folder, languages[language].file(slug))
      expect(readFileSync(path, 'utf8')).toBe(sourceOf(slug, 'starter', language))
    }
    const graded = await cachelab([
      'grade',
      folder,
      '--min-score',
      '0',
      '--format',
      'json',
      '--exercise',
      'keys-moved',
    ])
    expect(graded.code).toBe(0)
    const { findings } = JSON.parse(graded.stdout) as { findings: { id: string; measured: number }[] }
    expect(findings.find(({ id }) => id === 'score')).toMatchObject({ measured: 0 })
  })

  test('overwrites nothing', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'eviction.ts'), 'mine')
    await refusedFor(
      ['init', folder],
      'already has eviction.ts; nothing was written: give a lab a folder of its own',
    )
    expect(readdirSync(folder)).toEqual(['eviction.ts'])
    await cachelab(['init', join(folder, 'lab')])
    await refusedFor(['init', join(folder, 'lab')], 'already has cachelab.json and ')
  })

  test('a folder that can’t be made', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    await refusedFor(['init', join(folder, 'file', 'lab')], 'can’t write'.replace('’', "'"))
  })

  test('unknown languages and services', async () => {
    await refusedFor(['init', 'x', '--language', 'rust'], '--language must be one of ts, js, py, got "rust"')
    await refusedFor(['init', 'x', '--ci', 'githib'], '(did you mean github?)')
  })
})

describe('in a lab', () => {
  test('exercises: states and what is next', async () => {
    const cwd = solvedLab()
    await cachelab(['check', 'keys-moved'], { cwd })
    await cachelab(['check', 'sentinel-or-cluster'], { cwd })
    await cachelab(['solution', 'sentinel-or-cluster', '--yes'], { cwd })
    writeFileSync(join(cwd, 'sentinel-or-cluster.js'), '// changed')
    const later = await cachelab(['exercises'], { cwd })
    expect(later.stdout).toMatch(/keys-moved +What moves when +10 +10 +done\n/)
    expect(later.stdout.replaceAll(/\s+/g, ' ')).toContain('→ done, changed')
    expect(later.stdout).toContain('minutes: sentinel-or-cluster')
  })

  test('check: passes, fails with the smallest case, and goes on with the next', async () => {
    const cwd = solvedLab()
    const passed = await cachelab(['check'], { cwd })
    expect(passed).toMatchObject({ code: 0, stderr: '' })
    expect(passed.stdout).toContain('What moves when servers are added')
    expect((await cachelab(['check'], { cwd })).stdout).toContain('Sentinel, Cluster or Memcached')
    const right = readFileSync(join(cwd, 'eviction.js'), 'utf8')
    writeFileSync(join(cwd, 'eviction.js'), right.replace('a.last < b.last', 'a.last > b.last'))
    const failed = await cachelab(['check', 'eviction'], { cwd: join(cwd) })
    expect(failed.code).toBe(1)
    expect(failed.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'capacity 2, requests A B C: request 3, C: you evicted B; LRU evicts A, the least recently used key.',
    )
  })

  test('a lab is found from a folder inside it, and by --lab', async () => {
    const lab = solvedLab()
    mkdirSync(join(lab, 'notes'))
    expect((await cachelab(['check', 'keys-moved'], { cwd: join(lab, 'notes') })).code).toBe(0)
    const { code, stdout } = await cachelab(['check', 'keys-moved', '--lab', lab])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\nNext: cachelab check (?!keys-moved)\S+\n$/)])
  })

  test('what is not begun is said to be so, and not remembered as checked', async () => {
    const cwd = solvedLab(temporaryFolder(), 'js', 'starter')
    const { stdout, code } = await cachelab(['check', 'hash-ring'], { cwd })
    expect(code).toBe(1)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '✗ hash-ring: not begun. Open hash-ring.js; the task is in tasks/hash-ring.md. ✗ 0 of 20 points. Stuck? cachelab hint hash-ring',
    )
    expect(stdout).not.toContain('failed')
    expect((await cachelab(['exercises'], { cwd })).stdout).toMatch(/hash-ring .*not begun/)
  })

  test('hints: for the check that failed, then one more each time, and all again', async () => {
    const cwd = solvedLab()
    const file = join(cwd, 'sentinel-or-cluster.js')
    const hint = async (...flags: string[]) =>
      (await cachelab(['hint', 'sentinel-or-cluster', ...flags], { cwd })).stdout.replaceAll(/\s+/g, ' ')
    const check = async (body: string) => {
      writeFileSync(file, `export const choose = (s) => ${body}`)
      return (await cachelab(['check', 'sentinel-or-cluster'], { cwd })).stdout.replaceAll(/\s+/g, ' ')
    }
    const large = 's.dataGb > s.memoryPerServerGb'
    const [forLoad, forSize] = [/Compare the requests with/, /Compare the data with/]
    expect(await hint('--again')).toBe('No hint was given yet. ')
    expect(await check(`s.multiKeyTransactions || !(${large}) ? 'sentinel' : 'cluster'`)).not.toMatch(forLoad)
    expect(await hint()).toMatch(/^more requests than one server serves: Compare the requests with .*\. $/)
    const first = await hint()
    expect(first).toMatch(/^1\/4 /)
    // What failed before isn't told again; what fails now is.
    await check(`s.multiKeyTransactions || !(${large}) ? 'sentinel' : 'cluster' // still`)
    const second = await hint()
    expect(second).toMatch(/^2\/4 /)
    await check("s.requestsPerSecond > 100_000 && !s.multiKeyTransactions ? 'cluster' : 'sentinel'")
    const size = await hint()
    expect(size).toMatch(forSize)
    expect(await hint('--again')).toBe(size + first + second)
    expect([await hint(), await hint()].map((text) => text.slice(0, 4))).toEqual(['3/4 ', '4/4 '])
    expect(await hint()).toContain('All hints were given.')
    expect((await hint('--again')).match(/\d\/4 /g)).toEqual(['1/4 ', '2/4 ', '3/4 ', '4/4 '])
  })

  test('a solution is shown on demand only, and remembered', async () => {
    const cwd = solvedLab()
    await refusedFor(['solution', 'eviction'], 'without a terminal add --yes', cwd)
    const { stdout } = await cachelab(['solution', 'eviction', '--yes', '--language', 'py'], { cwd })
    expect(stdout).toContain('def simulate(policy, capacity, requests):')
    expect((await cachelab(['exercises'], { cwd })).stdout).toContain('solution')
  })

  test('on a terminal the solution is asked for', async () => {
    for (const [answer, shown] of [
      ['n', 'Not shown.'],
      ['y', 'export function simulate'],
    ] as const) {
      const session = new Session(solvedLab(), ['solution', 'eviction'])
      await session.see('Show the solution, and remember that it was shown? [y/N]')
      session.press(`${answer}\r`)
      await session.see(shown)
      expect(await session.ended).toBe(0)
    }
  })

  test('reset keeps what was there', async () => {
    const cwd = solvedLab()
    for (const kept of ['eviction.js.old', 'eviction.js.old2']) {
      writeFileSync(join(cwd, 'eviction.js'), `// ${kept}`)
      expect((await cachelab(['reset', 'eviction'], { cwd })).stdout).toContain(`The old file is ${kept}.`)
      expect(readFileSync(join(cwd, kept), 'utf8')).toBe(`// ${kept}`)
      expect(readFileSync(join(cwd, 'eviction.js'), 'utf8')).toContain('export function simulate')
    }
  })
})

describe('bad input', () => {
  test('no lab', async () => {
    const cwd = temporaryFolder()
    for (const command of ['exercises', 'check', 'watch', 'grade'])
      await refusedFor([command], 'cachelab init makes a lab', cwd)
    writeFileSync(join(cwd, 'file'), '')
    for (const name of ['nowhere', 'file', 'x'.repeat(300)])
      await refusedFor(['hint', 'hash-ring', '--lab', name], `no cachelab.json in "${name}"`, cwd)
  })

  test('an unknown exercise', async () => {
    const cwd = solvedLab()
    for (const command of ['check', 'hint', 'solution', 'reset', 'watch']) {
      await refusedFor([command, 'hash-rings'], '(did you mean hash-ring?)', cwd)
    }
    await refusedFor(['hint'], '<exercise> is missing: one of keys-moved, ', cwd)
  })

  test.each([
    ['{\n  "exercises": {\n    "a" 1\n  }\n}', 'line 3: not JSON'],
    ['{\n  "exercises": {\n', 'not JSON'],
    ['{"exercises": {"x": {}},}', 'line 1: not JSON'],
    ['[]', 'line 1: the whole must be an object'],
    ['{\n  "exercises": 3\n}', 'line 2: "exercises" must be an object'],
    ['{\n"exercises": {\n"hash-ring": {}}}', 'line 3: "hash-ring" must name its "file"'],
    ['{"exercises": {"hash-ring": {"file": "../x.ts"}}}', 'must name a "file" inside the lab'],
    ['{"exercises": {"hash-ring": {"file": "/etc/passwd"}}}', 'must name a "file" inside the lab'],
    ['{"exercises": {"hash-ring": {"file": "x.awk"}}}', 'needs a "command"'],
    [
      '{"exercises": {"hash-ring": {"file": "x.awk", "command": "awk"}}}',
      'a "command" that is a list of words',
    ],
  ])('a broken cachelab.json: %s', async (text, message) => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'cachelab.json'), text)
    await refusedFor(['check', 'hash-ring'], message, cwd)
  })
})
