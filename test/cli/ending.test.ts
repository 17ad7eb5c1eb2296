import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { identify } from '../../src/process-identity.js'
import { isThorough } from '../layer.js'
import { solvedLab, temporaryFolder } from './lab.js'
import { commandLines, until } from './processes.js'
import { cachelab, root, run } from './run.js'
import { Session } from './session.js'

const DAY_S = 86_400
const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const

test.runIf(spawnSync('redis-server', ['--version']).status === 0).each(signals)(
  '%s: a lab that is half up leaves no servers and no folder',
  async (signal, expected) => {
    const folder = temporaryFolder()
    const logs = () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'))
    const { code, stdout, stderr } = await cachelab(['lab', 'up', '--redis', '30'], {
      env: { TMPDIR: folder, XDG_STATE_HOME: temporaryFolder() },
      started: (kill) => void until(() => logs().length > 1).then(() => kill(signal)),
    })
    expect([code, stdout, stderr]).toEqual([expected, '', ''])
    // The folder is removed once all servers have ended.
    expect(readdirSync(folder)).toEqual([])
  },
)

test.runIf(spawnSync('redis-server', ['--version']).status === 0)(
  'a signal that comes while redis-cli makes a cluster is heard when it has',
  async () => {
    const folder = temporaryFolder()
    const real = spawnSync('sh', ['-c', 'command -v redis-cli'], { encoding: 'utf8' }).stdout.trim()
    const tools = temporaryFolder()
    const script = `#!/bin/sh\n[ "$1" = --cluster ] && kill -TERM $PPID\nexec ${real} "$@"\n`
    writeFileSync(join(tools, 'redis-cli'), script, { mode: 0o755 })
    const { code, stdout, stderr } = await cachelab(['lab', 'up', '--cluster', '3'], {
      env: { TMPDIR: folder, XDG_STATE_HOME: temporaryFolder(), PATH: `${tools}:${process.env.PATH}` },
    })
    expect([code, stdout, stderr]).toEqual([143, '', ''])
    expect(readdirSync(folder)).toEqual([])
  },
)

/** Submissions whose solution never stops to write files into its folder. */
function writingSubmissions(): string {
  const batch = temporaryFolder()
  const source = `import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
    for (let n = 0; ; n++) {
      const folder = process.env.TMPDIR + '/d' + (n % 300)
      mkdirSync(folder, { recursive: true })
      writeFileSync(folder + '/f' + n, 'x')
    }`
  for (const name of ['ada', 'bob', 'cyd']) {
    const lab = join(batch, name)
    mkdirSync(lab)
    writeFileSync(join(lab, 'package.json'), '{"type":"module"}')
    writeFileSync(join(lab, 'keys-moved.js'), source)
    writeFileSync(join(lab, 'cachelab.json'), '{"exercises":{"keys-moved":{"file":"keys-moved.js"}}}')
  }
  return batch
}

const NOBODY = 65_534
/** Long enough for some thousand files. */
const WRITING_MS = 500
const uids = process.getuid?.() === 0 && isThorough ? [undefined, NOBODY] : [undefined]
const endings = signals.flatMap(([signal, code]) =>
  uids.flatMap((uid) => ['none', 'best'].map((isolation) => ({ signal, code, isolation, uid }))),
)

test.each(endings)(
  '$signal: a grader with isolation $isolation and user $uid leaves no folder of a solution that writes, nor a process',
  async ({ signal, code: expected, isolation, uid }) => {
    const folder = temporaryFolder()
    const batch = writingSubmissions()
    for (const path of [folder, batch]) chmodSync(path, 0o777)
    const solutions = () => commandLines().filter((line) => line.includes(folder))
    const { code, stdout, stderr } = await cachelab(
      ['grade', '--batch', batch, '--exercise', 'keys-moved', '--isolation', isolation],
      {
        env: { TMPDIR: folder },
        ...(uid && { uid }),
        started: (kill) =>
          void until(() => solutions().length > 0)
            .then(() => setTimeout(WRITING_MS))
            .then(() => kill(signal)),
      },
    )
    expect([code, stdout, stderr]).toEqual([expected, '', ''])
    expect(readdirSync(folder)).toEqual([])
    expect(solutions()).toEqual([])
  },
)

test.each(signals)('%s: the terminal is as it was', async (signal, expected) => {
  const folder = temporaryFolder()
  const settings = (name: string) => `stty -a > ${join(folder, name)}`
  // Raw mode is the sign that keys are waited for.
  const script = `tty=$(tty); ${settings('before')}
    (until stty -a < $tty | grep -q -- -icanon; do sleep 0.02; done; kill -${signal.slice(3)} $(cat ${folder}/pid)) &
    sh -c 'echo $$ > ${folder}/pid; exec "${process.execPath}" "${root}bin/cachelab.js" quiz'
    echo "code $?"; ${settings('after')}; cmp ${folder}/before ${folder}/after && echo "as it was"`
  writeFileSync(join(folder, 'script'), script)
  const { stdout } = await run('script', ['-qec', `bash ${join(folder, 'script')}`, '/dev/null'])
  expect(stdout.replaceAll('\r', '')).toMatch(new RegExp(`code ${expected}\nas it was\n$`))
})

test.each(signals.slice(1))('%s: the pager of a document ends, too', async (signal, expected) => {
  const folder = temporaryFolder()
  const pager = join(folder, 'pager')
  const script = `#!/bin/sh\necho $$ > ${folder}/pid\nkill -${signal.slice(3)} $PPID\nexec sleep 1000\n`
  writeFileSync(pager, script, { mode: 0o755 })
  const line = `"${process.execPath}" "${root}bin/cachelab.js" docs traces; echo "code $?"`
  const { stdout } = await run('script', ['-qec', line, '/dev/null'], {
    env: { PAGER: pager, TERM: 'xterm' },
  })
  expect(stdout).toContain(`code ${expected}\r\n`)
  expect(identify(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBeUndefined()
})

test('Ctrl-C is no answer to the question of solution', async () => {
  const session = new Session(solvedLab(), ['solution', 'follow'])
  await session.see('[y/N]')
  session.press('\u0003')
  expect(await session.ended).toBe(130)
  expect(session.printed).not.toContain('error')
})

test('what is older than a day, ours and left by a process that was killed is cleared', async () => {
  const folder = temporaryFolder()
  const old = Date.now() / 1000 - 2 * DAY_S
  const make = (name: string, time = old) => {
    mkdirSync(join(folder, name, 'lab'), { recursive: true })
    utimesSync(join(folder, name), time, time)
  }
  make('cachelab-aB3dEf')
  make('cachelab-lab-aB3dEf')
  make('cachelab-aB3dE')
  make('cachelab-aB3dEfg')
  make('other-aB3dEf')
  make('cachelab-bB3dEf', old + 1.9 * DAY_S)
  symlinkSync(join(folder, 'other-aB3dEf'), join(folder, 'cachelab-cB3dEf'))
  writeFileSync(join(folder, 'cachelab-dB3dEf'), '')
  utimesSync(join(folder, 'cachelab-dB3dEf'), old, old)
  const before = readdirSync(folder)
  const graded = await cachelab(['grade', solvedLab(), '--exercise', 'keys-moved'], {
    env: { TMPDIR: folder },
  })
  expect(graded.code).toBe(0)
  expect(readdirSync(folder)).toEqual(before.filter((name) => name !== 'cachelab-aB3dEf'))
  expect(readdirSync(join(folder, 'other-aB3dEf'))).toEqual(['lab'])
})
