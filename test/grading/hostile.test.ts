import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Exercise, loadExercise } from '../../src/grading/course.js'
import { isolation } from '../../src/grading/enclosure.js'
import { type Grade, gradeLab } from '../../src/grading/grade.js'
import { openLab } from '../../src/grading/lab.js'
import { gradeLimits } from '../../src/grading/process.js'
import { root } from '../cli/run.js'

const limits = { ...gradeLimits, time: 2500, memory: 1 << 28, output: 1 << 22 }
const right = readFileSync(join(root, 'exercises/keys-moved/solution.js'), 'utf8')
const rightChoice = readFileSync(join(root, 'exercises/sentinel-or-cluster/solution.js'), 'utf8')
const contained = isolation() === 'namespaces'
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
  /** What the failed checks say. */
  readonly reason: RegExp
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
    passing: others,
  },
  {
    name: 'an endless loop',
    source: instead('for (;;);'),
    reason: /no answer to movedByModulo within 2\.5 seconds/,
    passing: others,
  },
  {
    name: 'process.exit(0) in the middle',
    source: instead('process.exit(0)'),
    reason: /ended by itself, with exit code 0/,
    passing: others,
  },
  {
    name: 'a promise that never settles',
    source: instead('await new Promise(() => {})'),
    reason: /within 2\.5 seconds/,
    passing: others,
  },
  {
    name: 'a flood of output',
    source: instead("for (;;) try { fs.writeSync(2, 'x'.repeat(65536)) } catch {}"),
    reason: /printed more than 4 MB/,
    passing: others,
  },
  {
    name: 'much memory',
    source: instead('const all = []; for (;;) all.push(Buffer.alloc(1 << 24, 1))'),
    reason: /more than 256 MB of memory|ended/,
    passing: others,
  },
  {
    name: 'a recursion without end',
    source: instead('const f = () => f() + 1; return f()'),
    reason: /RangeError/,
    passing: others,
  },
  {
    name: 'an error while loading',
    source: `throw new Error('not today')\n${right}`,
    reason: /x\.js can't be loaded: Error: not today/,
  },
  { name: 'a syntax error', source: 'export function (', reason: /x\.js can't be loaded: SyntaxError/ },
  { name: 'no export', source: 'export const other = 1', reason: /x\.js has no function \w+; it has other/ },
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
    reason: /within 2\.5 seconds/,
  },
  {
    name: 'a swallowed SIGTERM',
    ...python(
      'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\ntime.sleep(600)',
    ),
    reason: /within 2\.5 seconds/,
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
    reason: /within 2\.5 seconds/,
  },
  {
    name: 'a command that can’t be run',
    file: 'x.py',
    command: ['./x.py'],
    source: '',
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
    reason: /within 2\.5 seconds/,
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

let exercises: Exercise[]
let lab: string
let before: string[]

beforeAll(async () => {
  process.env.TMPDIR = temporary
  exercises = await Promise.all(['keys-moved', 'sentinel-or-cluster'].map(loadExercise))
})

beforeEach(() => {
  before = boxes()
  lab = mkdtempSync(join(tmpdir(), 'lab-'))
  writeFileSync(join(lab, 'package.json'), '{"type":"module"}')
  writeFileSync(join(lab, 'choice.js'), rightChoice)
})

afterAll(() => {
  delete process.env.TMPDIR
  rmSync(temporary, { recursive: true })
})

const boxes = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cachelab-'))

function grade(file: string, source: string, command?: readonly string[]): Promise<Grade> {
  writeFileSync(join(lab, file), source)
  const entries = {
    'keys-moved': { file, ...(command ? { command } : {}) },
    'sentinel-or-cluster': { file: 'choice.js' },
  }
  writeFileSync(join(lab, 'cachelab.json'), JSON.stringify({ exercises: entries }))
  return gradeLab(openLab(lab), exercises, { seed: 'hostile', limits })
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

describe('hostile solutions', () => {
  test.each(bank)('$name', async ({ file = 'x.js', source, command, reason, passing = [] }) => {
    const { exercises: graded } = await grade(file, source, command)
    const [hostile, honest] = graded
    const failed = hostile.checks.filter(({ passed }) => !passed)
    expect(failed.length).toBeGreaterThan(0)
    for (const { message, next } of failed) {
      expect(message).toMatch(reason)
      expect(next).not.toBe('')
    }
    expect(hostile.checks.filter(({ passed }) => passed).map(({ id }) => id)).toEqual(passing)
    expect([honest.score, honest.maxScore]).toEqual([10, 10])
    expect(survivors()).toEqual([])
    expect(boxes()).toEqual(before)
  })

  test('what a solution prints is kept, and no answer', async () => {
    const { exercises: graded } = await grade(
      'x.js',
      instead("console.log('half', { way: 1 }); console.error('oh'); return 0"),
    )
    expect(graded[0].checks[0].printed).toContain('half { way: 1 }\noh\n')
  })

  test('a solution sees neither the seed nor anything else of the grader’s environment', async () => {
    process.env.CACHELAB_SEED = 'very secret'
    const source = instead('return JSON.stringify(process.env)')
    const { exercises: graded } = await grade('x.js', source).finally(() => delete process.env.CACHELAB_SEED)
    expect(graded[0].checks[0].message).toContain('you returned')
    expect(graded[0].checks[0].message).not.toContain('secret')
    const names = await grade('y.js', instead('throw new Error(Object.keys(process.env).sort().join())'))
    expect(names.exercises[0].checks[0].message).toMatch(
      /Error: CACHELAB_MARK,HOME,LANG,NODE_NO_WARNINGS,(OLDPWD,)?PATH,(PWD,)?PYTHONDONTWRITEBYTECODE,PYTHONUTF8,(SHLVL,)?TMPDIR(,_)? \(/,
    )
  })

  test('each check finds a fresh folder', async () => {
    const source = instead(
      "const seen = fs.existsSync('seen'); fs.writeFileSync('seen', ''); throw new Error('seen: ' + seen)",
    )
    const { exercises: graded } = await grade('x.js', source)
    for (const { message } of graded[0].checks.filter(({ passed }) => !passed))
      expect(message).toContain('seen: false')
  })
})

describe.runIf(contained)('in namespaces', () => {
  let server: Server
  beforeAll(
    () =>
      new Promise<void>((listening) => {
        server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1', listening)
      }),
  )
  afterAll(() => void server.close())

  /** What a program in Python that does something says. */
  async function says(body: string): Promise<string> {
    const source = `import os, sys, json\ndef attempt():\n${body.replace(/^/gm, '  ')}\nfor line in sys.stdin:\n  try: result = attempt()\n  except Exception as error: result = repr(error)\n  print(json.dumps({"id": json.loads(line)["id"], "error": str(result)}), flush=True)`
    const { exercises: graded } = await grade('x.py', source, ['python3', 'x.py'])
    return graded[0].checks[0].message
  }

  test('there is no network', async () => {
    const { port } = server.address() as AddressInfo
    expect(
      await says(`import urllib.request\nreturn urllib.request.urlopen("http://127.0.0.1:${port}").read()`),
    ).toMatch(/URLError/)
  })

  test('there are no other processes', async () => {
    expect(
      await says('return [int(p) for p in os.listdir("/proc") if p.isdigit() and int(p) > 50]'),
    ).toContain('failed with: []')
    expect(await says(`return open("/proc/${process.pid}/environ").read()`)).toMatch(/FileNotFoundError/)
  })

  test('nothing but the sandbox can be written, and the lab and the checks can’t be read', async () => {
    mkdirSync(join(lab, 'reports'))
    const [report, checks] = [join(lab, 'reports/grade.json'), join(root, 'exercises/keys-moved/checks.ts')]
    expect(await says(`open("${report}", "w").write("100")`)).toMatch(/Error/)
    expect(existsSync(report)).toBe(false)
    expect(await says(`open("${tmpdir()}/escaped", "w").write("100")`)).toMatch(/Read-only/)
    expect(await says(`return open("${checks}").read()`)).toMatch(/FileNotFoundError/)
    expect(await says(`return open("${join(root, 'dist/checks/keys-moved.cjs')}").read()`)).toMatch(
      /FileNotFoundError/,
    )
    expect(await says(`return open("${join(lab, 'choice.js')}").read()`)).toMatch(/FileNotFoundError/)
    expect(
      await says(
        'open("here", "w").write("x")\nopen(os.environ["TMPDIR"] + "/there", "w").write("x")\nreturn "written"',
      ),
    ).toContain('written')
  })

  test('nothing at home, in other temporary folders or in /run can be read', async () => {
    const home = mkdtempSync(join(temporary, 'home-'))
    mkdirSync(join(home, '.ssh'))
    for (const name of ['.ssh/id', '.npmrc']) writeFileSync(join(home, name), 'token')
    writeFileSync(join(temporary, 'note'), 'token')
    const { HOME } = process.env
    process.env.HOME = home
    try {
      for (const path of [join(home, '.ssh/id'), join(home, '.npmrc'), join(temporary, 'note')]) {
        expect(await says(`return open("${path}").read()`)).toMatch(/FileNotFoundError|NotADirectoryError/)
      }
      // mount itself leaves a folder there.
      const run = 'return set(os.listdir("/run")) - {"mount"} if os.path.isdir("/run") else set()'
      expect(await says(run)).toContain('failed with: set()')
    } finally {
      process.env.HOME = HOME
    }
  })

  test('what hides the lab can’t be taken away', async () => {
    expect(
      await says(
        `import subprocess\nreturn subprocess.run(["umount", "${lab}"], capture_output=True).returncode != 0 and not os.path.exists("${lab}/choice.js")`,
      ),
    ).toContain('True')
    expect(
      await says(
        `import subprocess\nreturn subprocess.run(["unshare", "-Urm", "sh", "-c", "umount ${lab} || mount -o remount,rw /; ls ${lab}; touch ${tmpdir()}/escaped"], capture_output=True).stdout`,
      ),
    ).toContain("b''")
    expect(existsSync(join(tmpdir(), 'escaped'))).toBe(false)
  })
})
