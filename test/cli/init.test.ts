import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Exercise, loadCourse, pointsOf, slugs, sourceOf } from '../../src/grading/course.js'
import { type Language, languageNames, languages } from '../../src/grading/languages.js'
import { byLayer, isThorough, testOnce } from '../layer.js'
import { cachelab, refused } from './in-process.js'
import { temporaryFolder } from './lab.js'
import { type Result, root, run } from './run.js'

const TARBALL = 'cachelab-package/cachelab-0.1.0.tgz'

/** A machine on which npm was never used, can't reach any registry, and installs nothing for the system. */
function freshMachine(): NodeJS.ProcessEnv {
  const [home, programs] = [temporaryFolder(), temporaryFolder()]
  for (const name of ['sudo', 'apt-get']) {
    writeFileSync(join(programs, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  }
  return {
    HOME: home,
    PATH: `${programs}:${process.env.PATH}`,
    npm_config_cache: join(home, 'cache'),
    npm_config_registry: 'http://127.0.0.1:1/',
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
  }
}

const machine = freshMachine()
const bash = (line: string, cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Result> =>
  run('bash', ['-eo', 'pipefail', '-c', line], { cwd, env: { ...machine, ...env } })

/** Makes a lab in a folder whose name a shell must have quoted, and says what to go on with. */
async function newLab(language: Language, ...flags: string[]) {
  const parent = temporaryFolder()
  const name = "my läb 実験 'n' $HOME"
  const { code, stderr, stdout } = await cachelab(['init', name, '--language', language, ...flags], {
    cwd: parent,
  })
  expect([code, stderr]).toEqual([0, ''])
  return { parent, lab: join(parent, name), next: /Go on with:\s+(.*)\n$/.exec(stdout)![1] }
}

function solve(lab: string, language: Language): void {
  for (const slug of slugs())
    writeFileSync(join(lab, languages[language].file(slug)), sourceOf(slug, 'solution', language))
}

/** npm takes seconds: one language is installed in the quick layer, and what else differs is tested without npm. */
describe.runIf(isThorough).each([...languageNames])(
  'a lab in %s, on a machine that reaches no registry',
  (language) => {
    let made: Awaited<ReturnType<typeof newLab>>
    let lock: string
    let went: Result
    beforeAll(async () => {
      made = await newLab(language)
      lock = readFileSync(join(made.lab, 'package-lock.json'), 'utf8')
      went = await bash(made.next, made.parent)
    })

    test('what init says to go on with is right, and so is the lock file', async () => {
      const { code, stdout, stderr } = went
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain('minutes: keys-moved.')
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain('then run: npx cachelab check keys-moved')
      expect(readFileSync(join(made.lab, 'package-lock.json'), 'utf8')).toBe(lock)
      expect((await bash('npm ci', made.lab)).code).toBe(0)
    })

    test('its scripts check and grade with the cachelab that is installed in it', async () => {
      const failed = await bash('npm run --silent check keys-moved', made.lab)
      expect(failed.code).toBe(1)
      expect(failed.stdout).toContain('Stuck? npx cachelab hint keys-moved\n')
      solve(made.lab, language)
      const { code, stdout } = await bash('npm run --silent grade -- --exercise keys-moved,follow', made.lab)
      expect(stdout).toContain('✓ 20 of 20 points.')
      expect(code).toBe(0)
      const reset = await bash('npx cachelab reset follow', made.lab)
      expect(reset.stdout).toMatch(/Go on with:\s+npx cachelab check follow\n/)
      expect(readFileSync(join(made.lab, 'tasks', 'keys-moved.md'), 'utf8')).toContain(
        '`npx cachelab ring compare',
      )
      const quiz = await bash('npx cachelab quiz ring --questions 1 --seed 1 </dev/null', made.lab)
      expect(quiz.stdout).toContain('\n$ npx cachelab ring ')
    })

    test('the commands in its README', async () => {
      const [, block] = /```sh\n([\s\S]*?)```/.exec(readFileSync(join(made.lab, 'README.md'), 'utf8'))!
      const lines = block.trim().split('\n')
      expect(lines.length).toBeGreaterThan(5)
      const { scripts } = JSON.parse(readFileSync(join(made.lab, 'package.json'), 'utf8'))
      for (const line of lines) {
        if (/^npm install\b/.test(line)) continue
        const [, script, rest] = /^npm run (\S+)(.*?) +#/.exec(line)!
        expect((await bash(`npm run ${script} -- ${rest} --help`, made.lab)).stdout).toContain(
          `Usage: ${scripts[script]}`,
        )
      }
    })
  },
)

testOnce('without npm install the scripts find no program, rather than one of a stranger’s', async () => {
  const { lab } = await newLab('js')
  expect((await bash('npm run check keys-moved', lab)).code).toBe(127)
})

testOnce('editors know the types of a lab in TypeScript, of its starters and of solutions', async () => {
  const { lab } = await newLab('ts')
  const typesOf = () =>
    run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--noEmit'], { cwd: lab })
  expect(await typesOf()).toMatchObject({ code: 0, stdout: '' })
  solve(lab, 'ts')
  expect(await typesOf()).toMatchObject({ code: 0, stdout: '' })
  writeFileSync(join(lab, 'keys-moved.ts'), 'export const movedByRing = (before: number): string => before')
  expect((await typesOf()).stdout).toContain('keys-moved.ts(1,')
})

describe('the commands after init', () => {
  testOnce.each([
    ['plain/lab-1', 'cd plain/lab-1 && '],
    ['-x', 'cd ./-x && '],
    ['--', 'cd ./-- && '],
    ['a b', "cd 'a b' && "],
    ["it's", "cd 'it'\\''s' && "],
    ['実験', "cd '実験' && "],
    ['~', "cd '~' && "],
    ['\u001b]', "cd $'\\033]' && "],
    ['./', ''],
  ])('a folder %j', async (name, enter) => {
    const cwd = temporaryFolder()
    const { stdout } = await cachelab(['init', '--language', 'js', '--', name], { cwd })
    const next = /Go on with:\s+(.*)\n$/.exec(stdout)![1]
    expect(next).toBe(`${enter}npm install && npm run exercises`)
    const where = await bash(`${enter}pwd`, cwd)
    expect(existsSync(join(where.stdout.trimEnd(), 'cachelab.json'))).toBe(true)
  })
})

describe('what a lab installs cachelab from', () => {
  const manifest = (lab: string) => JSON.parse(readFileSync(join(lab, 'package.json'), 'utf8'))

  testOnce.each([
    ['git+https://example.org/cachelab.git#v1', 'git+https://example.org/cachelab.git#v1'],
    ['git+ssh://git@example.org/cachelab.git', 'git+ssh://git@example.org/cachelab.git'],
    ['github:owner/cachelab#v1', 'github:owner/cachelab#v1'],
    ['https://example.org/cachelab-1.0.0.tgz', 'https://example.org/cachelab-1.0.0.tgz'],
    ['cachelab@1.2.3', '1.2.3'],
    ['@course/lab@^1.2.0', 'npm:@course/lab@^1.2.0'],
    ['^0.1.0', '^0.1.0'],
  ])('--from %s: no tarball, no lock file, and the CI file names it', async (from, spec) => {
    for (const [ci, file] of [
      ['github', '.github/workflows/grade.yml'],
      ['gitlab', '.gitlab-ci.yml'],
      ['classroom50', 'autograder.py'],
    ]) {
      const { lab } = await newLab('py', '--from', from, '--ci', ci)
      expect(manifest(lab).devDependencies).toEqual({ cachelab: spec })
      expect(readdirSync(lab)).not.toContain('package-lock.json')
      expect(readdirSync(lab)).not.toContain('cachelab-package')
      expect(readFileSync(join(lab, file), 'utf8')).toContain(spec)
    }
  })

  testOnce.each([
    ['', 'got ""'],
    ['cachelab', 'a version'],
    ['/no/such/file.tgz', 'the file that npm pack made'],
    ["https://example.org/x'; rm -rf ~", 'a git or https URL'],
    ['https://example.org/x\n- evil', 'a git or https URL'],
    ['https://example.org/{{x}}', 'a git or https URL'],
    ['--global', 'a git or https URL'],
    ['https://user:secret@example.org/x.tgz', 'a password must not get into a lab'],
    [root, 'the file that npm pack made'],
    [`${root}README.md`, 'must end in .tgz'],
  ])('--from %j is refused', async (from, text) => {
    const cwd = temporaryFolder()
    await refused(['init', 'lab', `--from=${from}`], [text], cwd)
    expect(readdirSync(cwd)).toEqual([])
  })

  testOnce('a tarball that isn’t cachelab’s is refused, one that is comes into the lab', async () => {
    const { lab } = await newLab('js')
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'other.tgz'), 'no archive')
    await refused(['init', 'lab', '--from', join(folder, 'other.tgz')], ['not a tarball of cachelab'], folder)
    cpSync(join(lab, TARBALL), join(folder, 'cachelab-mine.tgz'))
    const second = await newLab('js', '--from', join(folder, 'cachelab-mine.tgz'))
    expect(manifest(second.lab).devDependencies).toEqual({
      cachelab: 'file:cachelab-package/cachelab-mine.tgz',
    })
    expect((await bash(second.next, second.parent)).code).toBe(0)
  })

  describe.runIf(isThorough)('an installed copy', () => {
    let place: string
    const initFrom = async (folder: string) => {
      const lab = join(temporaryFolder(), 'lab')
      const program = join(folder, 'node_modules/cachelab/bin/cachelab.js')
      expect((await run(process.execPath, [program, 'init', lab])).code).toBe(0)
      return lab
    }
    beforeAll(async () => {
      const { lab, parent, next } = await newLab('js')
      await bash(next, parent)
      place = lab
    })

    test('packs the same tarball again', async () => {
      const lab = await initFrom(place)
      expect(readFileSync(join(lab, TARBALL)).equals(readFileSync(join(place, TARBALL)))).toBe(true)
    })

    test('that npm took from its public registry names its version, and locks what npm noted', async () => {
      const notes = join(place, 'node_modules/.package-lock.json')
      const noted = (host: string) => ({
        version: '0.1.0',
        resolved: `${host}/cachelab/-/cachelab-0.1.0.tgz`,
        integrity: 'sha512-own',
      })
      const write = (host: string) =>
        writeFileSync(notes, JSON.stringify({ packages: { 'node_modules/cachelab': noted(host) } }))
      write('https://registry.npmjs.org')
      const lab = await initFrom(place)
      expect(manifest(lab).devDependencies).toEqual({ cachelab: '0.1.0' })
      expect(existsSync(join(lab, 'cachelab-package'))).toBe(false)
      const { packages } = JSON.parse(readFileSync(join(lab, 'package-lock.json'), 'utf8'))
      expect(packages).toEqual({
        '': { name: 'cachelab-lab', devDependencies: { cachelab: '0.1.0' } },
        'node_modules/cachelab': { ...noted('https://registry.npmjs.org'), dev: true },
      })
      write('https://registry.example.org')
      expect(manifest(await initFrom(place)).devDependencies).toEqual({ cachelab: `file:${TARBALL}` })
    })
  })

  test.runIf(isThorough)('the tarball holds what npm would pack', async () => {
    const { lab } = await newLab('js')
    const packed = await bash('npm pack --ignore-scripts --dry-run --json', root)
    const [{ files }] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }]
    const archive = gunzipSync(readFileSync(join(lab, TARBALL)))
    const listed = await run('tar', ['-tf', '-'], { input: archive })
    const names = listed.stdout
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, ''))
    expect(names.sort()).toEqual(files.map(({ path }) => path).sort())
  })
})

describe('the files for CI grade a lab with their own steps', { timeout: 300_000 }, () => {
  /** The exercises that the lab has: all others are graded too, and fail without a process. */
  const solved = ['keys-moved', 'follow']
  /** What the course is worth, and what the lab gets. */
  let all: number
  let score: number
  beforeAll(async () => {
    const points = (course: readonly Exercise[]) =>
      course.reduce((sum, exercise) => sum + pointsOf(exercise), 0)
    const course = await loadCourse()
    all = points(course)
    score = points(course.filter(({ slug }) => solved.includes(slug)))
  })

  /** A lab of somebody who would like another program to grade it. */
  const submission = async (ci: string) => {
    const { lab } = await newLab('js', '--ci', ci)
    solve(lab, 'js')
    const { exercises, ...rest } = JSON.parse(readFileSync(join(lab, 'cachelab.json'), 'utf8'))
    const kept = Object.fromEntries(solved.map((slug) => [slug, exercises[slug]]))
    writeFileSync(join(lab, 'cachelab.json'), JSON.stringify({ ...rest, exercises: kept }))
    writeFileSync(join(lab, '.npmrc'), 'dry-run=true\nignore-scripts=false\nnode-options=--bad\n')
    mkdirSync(join(lab, 'node_modules/.bin'), { recursive: true })
    for (const path of ['node_modules/.bin/cachelab', 'subprocess.py', 'hashlib.py'])
      writeFileSync(join(lab, path), '#!/bin/sh\nexit 99\n', { mode: 0o755 })
    const own = { ...manifestOf(lab), scripts: { preinstall: 'exit 98' }, devDependencies: {} }
    writeFileSync(join(lab, 'package.json'), JSON.stringify(own))
    return lab
  }
  const manifestOf = (lab: string) => JSON.parse(readFileSync(join(lab, 'package.json'), 'utf8'))

  const githubSteps = (lab: string): { run: string }[] =>
    parse(readFileSync(join(lab, '.github/workflows/grade.yml'), 'utf8')).jobs.grade.steps.filter(
      (step: { run?: string }) => step.run,
    )

  test.runIf(isThorough)('github', async () => {
    const lab = await submission('github')
    const RUNNER_TEMP = temporaryFolder()
    const files = {
      GITHUB_OUTPUT: join(RUNNER_TEMP, 'out'),
      GITHUB_STEP_SUMMARY: join(RUNNER_TEMP, 'summary'),
    }
    let last = ''
    for (const { run: line } of githubSteps(lab)) {
      const { code, stdout, stderr } = await bash(line, lab, { ...files, RUNNER_TEMP })
      expect([line, code, stderr]).toEqual([line, 0, expect.anything()])
      last = stdout
    }
    expect(readdirSync(join(RUNNER_TEMP, 'grade')).sort()).toEqual(['grade.md', 'grade.txt', 'grade.xml'])
    expect(last).toContain(`${score} of ${all} points.`)
    const [, token] = /^::stop-commands::([0-9a-f]{32})\n/.exec(last)!
    expect(last.endsWith(`::${token}::\n`)).toBe(true)
    const result = JSON.parse(
      Buffer.from(readFileSync(files.GITHUB_OUTPUT, 'utf8').slice(7), 'base64').toString(),
    )
    expect(result).toMatchObject({ status: 'fail', max_score: all })
  })

  test.runIf(isThorough)('gitlab', async () => {
    const lab = await submission('gitlab')
    const { grade } = parse(readFileSync(join(lab, '.gitlab-ci.yml'), 'utf8'))
    // The folder is a container's own; here it would be everybody's.
    const place = join(temporaryFolder(), 'cachelab')
    for (const line of [...grade.before_script, ...grade.script]) {
      expect(await bash(line.replaceAll('/tmp/cachelab', place), lab)).toMatchObject({ code: 0 })
    }
    expect(readFileSync(join(lab, grade.artifacts.reports.junit), 'utf8')).toContain('<testsuites')
    expect(grade.artifacts.paths).toEqual(['grade'])
  })

  test.runIf(isThorough)('classroom50', async () => {
    const lab = await submission('classroom50')
    const commit =
      'git init -q && git add . && GIT_COMMITTER_DATE="2026-01-02T03:04:05+02:00" git -c user.name=a -c user.email=a@b commit -qm x'
    expect((await bash(commit, lab)).code).toBe(0)
    const graded = await bash('python3 autograder.py', lab, { CLASSROOM: 'cs', ASSIGNMENT: 'caching' })
    expect(graded).toMatchObject({ code: 0 })
    const result = JSON.parse(readFileSync(join(lab, 'result.json'), 'utf8'))
    expect(result).toMatchObject({
      classroom: 'cs',
      datetime: '2026-01-02T01:04:05Z',
      score,
      'max-score': all,
    })
    expect(readFileSync(join(lab, 'release-body.md'), 'utf8')).toContain(`# ${score} of ${all} points`)
  })

  test.runIf(isThorough)('the instructor’s tarball beside the autograder is enough', async () => {
    const lab = await submission('classroom50')
    const own = temporaryFolder()
    for (const path of ['autograder.py', TARBALL]) cpSync(join(lab, path), join(own, path.split('/').at(-1)!))
    writeFileSync(join(lab, TARBALL), '')
    expect((await bash(`python3 '${own}/autograder.py'`, lab)).code).toBe(0)
    expect(existsSync(join(lab, 'result.json'))).toBe(true)
  })

  test.runIf(isThorough)('github, on several machines: the gradebook of a class', async () => {
    const place = temporaryFolder()
    const made = await cachelab(['init', place, '--ci', 'github', '--shards', '2'])
    expect([made.code, made.stderr]).toEqual([0, ''])
    for (const name of ['ada', 'bob', 'cyd']) {
      const lab = join(place, 'submissions', name)
      mkdirSync(lab, { recursive: true })
      const exercises = { 'keys-moved': { file: 'keys-moved.js' }, slots: { file: 'slots.js' } }
      for (const [slug, { file }] of Object.entries(exercises))
        writeFileSync(join(lab, file), sourceOf(slug, 'solution', 'js'))
      writeFileSync(join(lab, 'cachelab.json'), JSON.stringify({ exercises }))
      writeFileSync(join(lab, 'package.json'), '{"type":"module"}')
    }
    const { shard, merge } = parse(readFileSync(join(place, '.github/workflows/grade.yml'), 'utf8')).jobs
    expect(shard.strategy.matrix.shard).toEqual([1, 2])
    /** Runs the steps of a job on a machine of its own, with what its artifacts come from and go to. */
    const perform = async (
      job: { steps: { run?: string }[] },
      fill: (text: string) => string,
      temp: string,
    ) => {
      const env = { RUNNER_TEMP: temp, GITHUB_STEP_SUMMARY: join(temp, 'summary'), CACHELAB_SEED: 'hidden' }
      for (const { run: line } of job.steps) {
        if (!line) continue
        const { code, stderr } = await bash(fill(line), place, env)
        expect([line, code, stderr]).toEqual([line, 0, expect.anything()])
      }
    }
    const last = temporaryFolder()
    for (const index of ['1', '2']) {
      const temp = temporaryFolder()
      await perform(shard, (text) => text.replaceAll(/\$\{\{ matrix\.shard }}/g, index), temp)
      cpSync(join(temp, 'part'), join(last, 'parts'), { recursive: true })
    }
    expect(readdirSync(join(last, 'parts'))).toEqual(['1.json', '2.json'])
    await perform(merge, (text) => text, last)
    const whole = await cachelab(
      ['grade', '--batch', 'submissions', '--exercise', 'all', '--min-score', '0', '--format', 'csv'],
      { cwd: place },
    )
    const grade = join(last, 'grade')
    expect(readFileSync(join(grade, 'gradebook.csv'), 'utf8')).toBe(whole.stdout)
    expect(readFileSync(join(last, 'summary'), 'utf8')).toBe(
      readFileSync(join(grade, 'gradebook.md'), 'utf8'),
    )
    expect(readdirSync(join(grade, 'reports'))).toEqual(['ada.md', 'bob.md', 'cyd.md'])
    await refused(['init', place, '--shards', '2'], ['--shards needs --ci github'])
    await refused(
      ['init', place, '--ci', 'github', '--shards', '2'],
      ['already has .github/workflows/grade.yml'],
    )
  })

  test('a tarball that is not the lab’s is not installed', async () => {
    for (const ci of byLayer(['github'], ['github', 'gitlab', 'classroom50'])) {
      const lab = await submission(ci)
      const bytes = readFileSync(join(lab, TARBALL))
      bytes[bytes.length - 1] ^= 1
      writeFileSync(join(lab, TARBALL), bytes)
      const place = join(temporaryFolder(), 'cachelab')
      const line =
        ci === 'github'
          ? githubSteps(lab)[1].run
          : ci === 'gitlab'
            ? parse(readFileSync(join(lab, '.gitlab-ci.yml'), 'utf8')).grade.before_script[2]
            : 'python3 autograder.py'
      const RUNNER_TEMP = temporaryFolder()
      const { code } = await bash(line.replaceAll('/tmp/cachelab', place), lab, { RUNNER_TEMP })
      expect([ci, code]).toEqual([ci, 1])
      expect(existsSync(join(place, 'node_modules'))).toBe(false)
      expect(existsSync(join(RUNNER_TEMP, 'cachelab'))).toBe(false)
    }
  })
})
