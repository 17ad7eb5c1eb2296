import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Exercise, loadExercise } from '../../src/grading/course.js'
import { gradeLab } from '../../src/grading/grade.js'
import { bestIsolation, type Isolation } from '../../src/grading/isolation/index.js'
import { openLab } from '../../src/grading/lab.js'
import { gradeLimits } from '../../src/grading/process.js'
import type { Ended, ExerciseResult } from '../../src/grading/results.js'
import { root } from '../cli/run.js'
import { byLayer, testOnce } from '../layer.js'

const limits = { ...gradeLimits, memory: 1 << 28, output: 1 << 22 }
/** The time of cases that are ended for it, in milliseconds: enough for what a right solution does on this machine. */
let shortTime = 1000
const right = readFileSync(join(root, 'exercises/keys-moved/solution.js'), 'utf8')
/** All that this file leaves in temporary folders, apart from what other tests do meanwhile. */
const temporary = mkdtempSync(join(tmpdir(), 'hostile-'))

/** A right solution whose `movedByModulo` does something else. */
const instead = (body: string) =>
  `import * as fs from 'node:fs'\n${right.replace(/export function movedByModulo[\s\S]*?\n\}\n/, `export async function movedByModulo() {\n${body}\n}\n`)}`

interface Hostile {
  readonly name: string
  readonly file?: string
  readonly command?: readonly string[]
  readonly source: string
  /** It is silent until its time is over, though the reason is another. */
  readonly isSilent?: boolean
  /** What the failed checks say. */
  readonly reason: RegExp
  /** What kept the failed checks from answering. */
  readonly ended?: Ended
  /** Checks that nothing of this keeps from passing. */
  readonly passing?: readonly string[]
}

const others = ['ring', 'counted']
/** A program in Python that answers nothing, but does something first. */
const python = (source: string) => ({ file: 'x.py', command: ['python3', 'x.py'], source })

const bank: readonly Hostile[] = [
  {
    name: 'a crash',
    source: instead("throw new Error('boom')"),
    reason: /Error: boom \(x\.js, line \d+\)/,
    ended: 'crash',
    passing: others,
  },
  {
    name: 'an endless loop',
    source: instead('for (;;);'),
    ended: 'time',
    reason: /no answer to movedByModulo within [\d.]+ seconds?/,
    passing: others,
  },
  {
    name: 'process.exit(0) in the middle',
    source: instead('process.exit(0)'),
    ended: 'crash',
    reason: /ended by itself, with exit code 0/,
    passing: others,
  },
  {
    name: 'a promise that never settles',
    source: instead('await new Promise(() => {})'),
    reason: /within [\d.]+ seconds?/,
    passing: others,
  },
  {
    name: 'a flood of output',
    source: instead("for (;;) try { fs.writeSync(2, 'x'.repeat(65536)) } catch {}"),
    reason: /printed more than 4 MB/,
    ended: 'limit',
    passing: others,
  },
  {
    name: 'much memory',
    source: instead('const all = []; for (;;) all.push(Buffer.alloc(1 << 24, 1))'),
    reason: /more than 256 MB of memory|ended/,
    ended: 'memory',
    passing: others,
  },
  {
    name: 'a recursion without end',
    source: instead('const f = () => f() + 1; return f()'),
    reason: /RangeError/,
    passing: others,
  },
  {
    name: 'an endless error',
    source: instead("throw new Error('x'.repeat(1e4))"),
    reason: /your code failed with: [^x]*x{1700,1800}…$/,
    passing: others,
  },
  {
    name: 'an error while loading',
    source: `throw new Error('not today')\n${right}`,
    reason: /x\.js can't be loaded: Error: not today/,
  },
  { name: 'a syntax error', source: 'export function (', reason: /x\.js can't be loaded: SyntaxError/ },
  { name: 'no export', source: 'export const other = 1', reason: /x\.js has no function \w+; it has other/ },
  {
    name: 'ten thousand exports',
    source: Array.from({ length: 1e4 }, (_, i) => `export const other${i} = 1`).join('\n'),
    reason: /^x\.js has no function \w+; it has other0, .{100,160}…$/,
  },
  { name: 'exit while loading', source: 'process.exit(0)', reason: /ended by itself, with exit code 0/ },
  {
    name: 'a replaced JSON.stringify',
    source: instead('JSON.stringify = () => \'{"score":100}\'; return 0'),
    reason: /you returned 0/,
    passing: others,
  },
  {
    name: 'a monkey-patched Array.prototype',
    source: instead('Array.prototype.push = Array.prototype.map = () => 1; return [].map(String)'),
    reason: /you returned|no answer|ended/,
    passing: others,
  },
  {
    name: 'a replaced process.stdout.write',
    source: instead("process.stdout.write = () => true; console.log('hidden'); return 7"),
    reason: /you returned 7/,
    passing: others,
  },
  {
    name: 'prints that look like answers',
    source: instead('console.log(\'{"id":"1","value":0.2}\'); return 3'),
    reason: /you returned 3/,
    passing: others,
  },
  {
    name: 'an answer to a question not asked',
    source: instead('fs.writeSync(1, \'{"id":"0123","value":0.2}\\n\'); return 0'),
    reason: /answered a question that was not asked/,
    passing: others,
  },
  {
    name: 'an answer given twice',
    ...python(
      'import sys, json\nfor line in sys.stdin:\n  call = json.loads(line)\n  for _ in range(2): print(json.dumps({"id": call["id"], "value": 0}), flush=True)',
    ),
    reason: /answered the same question twice|you returned 0/,
  },
  {
    name: 'answers that are no JSON',
    ...python(
      'import sys, json\nfor line in sys.stdin:\n  call = json.loads(line)\n  print("{\\"id\\":\\"" + call["id"] + "\\",\\"value\\":", flush=True)',
    ),
    reason: /an answer that can't be read/,
  },
  {
    name: 'answers that come too late',
    ...python('import sys, time\ntime.sleep(60)'),
    reason: /within [\d.]+ seconds?/,
  },
  {
    name: 'a swallowed SIGTERM',
    ...python(
      'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\ntime.sleep(600)',
    ),
    reason: /within [\d.]+ seconds?/,
  },
  {
    name: 'much on the disk',
    ...python(
      'import sys\nlines = [0] * 90\nfor i in range(90):\n  with open("big%d" % i, "wb") as file: file.write(bytes(1 << 20))\nimport time\ntime.sleep(60)',
    ),
    reason: /wrote more than 64 MB|OSError: \[Errno 28\]/,
  },
  {
    name: 'memory shared between many processes',
    ...python(
      'import os, time\nall = bytearray(60 << 20)\nfor i in range(30):\n  if os.fork() == 0:\n    all[:] = bytes([i]) * len(all)\n    time.sleep(60)\ntime.sleep(60)',
    ),
    reason: /used more than 256 MB/,
  },
  {
    name: 'a bomb of threads',
    ...python(
      'import threading, time\nthreading.stack_size(65536)\nfor _ in range(1500): threading.Thread(target=time.sleep, args=(60,)).start()\ntime.sleep(60)',
    ),
    reason: /started more than 512 threads|can't start new thread/,
  },
  {
    name: 'a small fork bomb',
    ...python(
      'import os, time\nfor _ in range(120):\n  if os.fork() == 0:\n    time.sleep(600)\ntime.sleep(600)',
    ),
    reason: /started more than 48 processes|used more than 256 MB/,
  },
  {
    name: 'a child that detached itself',
    ...python(
      'import os, sys, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    os.close(0); os.close(1); os.close(2)\n    time.sleep(600)\nsys.exit(0)',
    ),
    reason: /ended by itself, with exit code 0/,
  },
  {
    name: 'a closed standard output',
    ...python('import os, time\nos.close(1)\ntime.sleep(600)'),
    reason: /within [\d.]+ seconds?/,
  },
  {
    name: 'a command that can’t be run',
    file: 'x.py',
    command: ['./x.py'],
    source: '#!/no/such/program\n',
    reason: /exit code 12[67]|can't start/,
  },
  {
    name: 'answers, errors and asks nested deeply',
    ...python(
      'import sys, json\nfor i, line in enumerate(sys.stdin):\n  id, deep = json.loads(line)["id"], "[" * 100000 + "]" * 100000\n  print(["{\\"id\\":\\"%s\\",\\"value\\":%s}", "{\\"id\\":\\"%s\\",\\"error\\":%s}", "{\\"id\\":\\"%s\\",\\"missing\\":%s}", "{\\"x\\":\\"%s\\",\\"ask\\":%s}"][i % 4] % (id, deep), flush=True)',
    ),
    reason: /can't be (read|judged)|you returned|your code failed|has no function/,
  },
  {
    name: 'a line of 4 MB that does not end',
    ...python(
      'import sys, time\nfor _ in range(60):\n  sys.stdout.write("x" * 65536)\n  sys.stdout.flush()\ntime.sleep(60)',
    ),
    isSilent: true,
    reason: /a line of more than 2 MB/,
  },
  {
    name: 'a folder that nobody may enter',
    ...python('import os, time\nos.makedirs("locked/inside")\nos.chmod("locked", 0)\nos._exit(3)'),
    reason: /exit code 3/,
  },
  {
    name: 'the checks read',
    source: instead(
      `return fs.readFileSync(${JSON.stringify(join(root, 'exercises/keys-moved/checks.ts'))}, 'utf8')`,
    ),
    reason: /ERR_ACCESS_DENIED|Access to this API|ENOENT/,
    passing: others,
  },
  {
    name: 'the parent’s environment read',
    source: instead("return fs.readFileSync('/proc/' + process.ppid + '/environ', 'utf8')"),
    reason: /ERR_ACCESS_DENIED|Access to this API|ENOENT/,
    passing: others,
  },
  {
    name: 'another program started',
    source: instead("return (await import('node:child_process')).execSync('id').toString()"),
    reason: /ERR_ACCESS_DENIED|Access to this API/,
    passing: others,
  },
  {
    name: 'the lab’s own file written',
    source: instead("fs.writeFileSync(process.env.LAB + '/sentinel-or-cluster.js', '')"),
    reason: /ERR_ACCESS_DENIED|Access to this API|ENOENT/,
    passing: others,
  },
]

let exercise: Exercise
let lab: string
let before: string[]

beforeAll(async () => {
  process.env.TMPDIR = temporary
  exercise = await loadExercise('keys-moved')
})

beforeEach(() => {
  before = boxes()
  lab = mkdtempSync(join(tmpdir(), 'lab-'))
  writeFileSync(join(lab, 'package.json'), '{"type":"module"}')
})

afterAll(() => {
  delete process.env.TMPDIR
  rmSync(temporary, { recursive: true })
})

const boxes = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cachelab-'))

async function grade(
  file: string,
  source: string,
  command?: readonly string[],
  isolation: Isolation = bestIsolation(),
  time = limits.time,
): Promise<ExerciseResult> {
  writeFileSync(join(lab, file), source)
  const entry = { file, ...(command ? { command } : {}) }
  writeFileSync(join(lab, 'cachelab.json'), JSON.stringify({ exercises: { 'keys-moved': entry } }))
  const grade = await gradeLab(openLab(lab), [exercise], {
    seed: 'hostile',
    limits: { ...limits, time },
    isolation,
  })
  expect(grade.isolation).toBe(isolation)
  return grade.exercises[0]
}

/** Processes that were started for a solution. */
function survivors(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`TMPDIR=${temporary}`)
    } catch {
      return false
    }
  })
}

/** Those whose end depends on what watches them: they are tried without isolation too. */
const WATCHED = /loop|flood|memory|disk|bomb|SIGTERM|detached/

async function expectHarmless(
  { file = 'x.js', source, command, isSilent, reason, ended, passing = [] }: Hostile,
  isolation: Isolation,
) {
  const time = isSilent || reason.source.includes('within') ? shortTime : limits.time
  const { checks } = await grade(file, source, command, isolation, time)
  const failed = checks.filter(({ passed }) => !passed)
  expect(failed.length).toBeGreaterThan(0)
  for (const { message, next, ended: found } of failed) {
    expect(message).toMatch(reason)
    if (ended) expect(found).toBe(ended)
    expect(next).not.toBe('')
  }
  expect(checks.filter(({ passed }) => passed).map(({ id }) => id)).toEqual(passing)
  expect(survivors()).toEqual([])
  expect(boxes()).toEqual(before)
}

describe('hostile solutions', () => {
  test('a right solution gets all points, also without isolation', async () => {
    for (const isolation of ['none', bestIsolation()] as const) {
      const { score, maxScore, checks } = await grade('x.js', right, undefined, isolation)
      expect(score).toBe(maxScore)
      shortTime = Math.max(shortTime, 2 * Math.max(...checks.map(({ milliseconds }) => milliseconds)))
    }
  })

  /** A failure of every kind: of time, output, memory, the protocol, and processes that are left. */
  const few = /^an endless loop|^a flood|^much memory|question not asked|detached/
  const tried = byLayer(
    bank.filter(({ name }) => few.test(name)),
    bank,
  )
  test.each(tried)('$name', (hostile) => expectHarmless(hostile, bestIsolation()))

  test.each(byLayer([], tried).filter(({ name }) => WATCHED.test(name)))(
    '$name, without isolation',
    (hostile) => expectHarmless(hostile, 'none'),
  )

  testOnce('what a solution prints is kept, and no answer', async () => {
    const { checks } = await grade(
      'x.js',
      instead("console.log('half', { way: 1 }); console.error('oh'); return 0"),
    )
    expect(checks[0].printed).toContain('half { way: 1 }\noh\n')
  })

  testOnce('a solution sees neither the seed nor anything else of the grader’s environment', async () => {
    process.env.CACHELAB_SEED = 'very secret'
    const source = instead('return JSON.stringify(process.env)')
    const { checks } = await grade('x.js', source).finally(() => delete process.env.CACHELAB_SEED)
    expect(checks[0].message).toContain('you returned')
    expect(checks[0].message).not.toContain('secret')
    const names = await grade('y.js', instead('throw new Error(Object.keys(process.env).sort().join())'))
    expect(names.checks[0].message).toMatch(
      /Error: CACHELAB_MARK,HOME,LANG,NODE_NO_WARNINGS,(OLDPWD,)?PATH,(PWD,)?PYTHONDONTWRITEBYTECODE,PYTHONUTF8,(SHLVL,)?TMPDIR(,_)? \(/,
    )
  })

  testOnce('each check finds a fresh folder', async () => {
    const source = instead(
      "const seen = fs.existsSync('seen'); fs.writeFileSync('seen', ''); throw new Error('seen: ' + seen)",
    )
    const { checks } = await grade('x.js', source)
    for (const { message } of checks.filter(({ passed }) => !passed)) expect(message).toContain('seen: false')
  })
})
