import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Isolation } from '../../../src/grading/isolation/index.js'
import { root, run } from '../../cli/run.js'

export interface Attack {
  readonly user: 'root' | 'ordinary'
  readonly isolation: Isolation
  readonly language: 'py' | 'mjs'
  /** Where temporary folders are made, instead of one of the attack's own. */
  readonly temporary?: string
}

export interface Harm {
  /** Threats of which some attempt succeeded, and which did. */
  readonly harmed: Readonly<Record<string, readonly string[]>>
  readonly tried: number
  /** What grading printed. */
  readonly stderr: string
}

const ORDINARY = ['setpriv', '--reuid=1000', '--regid=1000', '--clear-groups']
/** A file that the grader was started with, open. */
const DESCRIPTOR = 7
const FILES: Readonly<Record<string, string>> = {
  secret: 'token',
  'home/.ssh/id': 'token',
  'reports/grade.xml': '<testsuites/>',
  'other/exercises/keys-moved/solution.ts': 'export const answer = 42',
  'elsewhere/marker': '',
  'lab/module.cjs': 'module.exports = 1',
  'lab/package.json': '{"type":"module"}',
}

/** Runs the hostile solution and looks for what it could do and what it left. */
export async function attack({ user, isolation, language, temporary }: Attack): Promise<Harm> {
  const base = mkdtempSync('/var/tmp/attack-')
  const tag = `${86_000 + Math.floor(Math.random() * 1e6) / 1e6}`
  const key = 0x0cac0000 + Math.floor(Math.random() * 0xffff)
  const token = `token-${tag}`
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
  const abstract = createServer((socket) => socket.end()).listen(`\0${token}`)
  await Promise.all([once(server, 'listening'), once(abstract, 'listening')])
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(join(base, path, '..'), { recursive: true })
      writeFileSync(join(base, path), text)
    }
    installed(base)
    const at = (path: string) => join(base, path)
    const targets = {
      ...{
        secret: at('secret'),
        home: at('home/.ssh/id'),
        home_folder: at('home'),
        report: at('reports/grade.xml'),
      },
      ...{ reports: at('reports'), other_copy: at('other/exercises/keys-moved/solution.ts') },
      ...{ lab: at('lab/cachelab.json'), lab_folder: at('lab'), temporary: at('elsewhere') },
      checks: at('cachelab/dist/checks/keys-moved.cjs'),
      solution: at('cachelab/exercises/keys-moved/solution.ts'),
      tools: [at('cachelab/dist/host.mjs')],
      port: (server.address() as { port: number }).port,
      ...{
        abstract: token,
        token,
        key,
        sleep: tag,
        addon: at('cachelab/dist/host.mjs'),
        descriptor: DESCRIPTOR,
        starter: 'STARTER',
      },
    }
    writeFileSync(at('lab/targets.json'), JSON.stringify(targets))
    cpSync(join(root, 'test/grading/attack', `attempts.${language}`), at(`lab/attempts.${language}`))
    const file = `attempts.${language}`
    const entry = language === 'py' ? { file, command: ['python3', file] } : { file }
    writeFileSync(at('lab/cachelab.json'), JSON.stringify({ exercises: { 'keys-moved': entry } }))
    if (process.getuid?.() === 0 && user === 'ordinary') execFileSync('chown', ['-R', '1000:1000', base])
    chmodSync(base, 0o755)
    const before = machine()
    const grading = await grade(base, user, isolation, temporary ?? at('tmp'), token)
    const [, tried, list] = /(\d+) tried; (.*?)\./.exec(grading.stdout) ?? []
    if (list === undefined) throw new Error(`no attack: ${grading.stdout}${grading.stderr}`)
    const succeeded = list === 'none' ? [] : list.split(',')
    const changed = machine() === before ? [] : ['kernel:changed']
    const harms = [...succeeded, ...left(base, tag, key), ...changed]
    const harmed: Record<string, string[]> = {}
    for (const harm of harms) {
      const [threat, name] = harm.split(':')
      harmed[threat] = [...(harmed[threat] ?? []), name]
    }
    return { harmed, tried: Number(tried), stderr: grading.stderr }
  } finally {
    server.close()
    abstract.close()
    spawnSync('pkill', ['-KILL', '-f', `sleep ${tag}`])
    rmSync(base, { recursive: true, force: true })
  }
}

/** cachelab where everybody can read it, as it would be installed. */
function installed(base: string): void {
  for (const name of ['bin', 'dist', 'exercises', 'package.json'])
    cpSync(join(root, name), join(base, 'cachelab', name), { recursive: true })
  // Programs that are there and don't work, for a system without them.
  mkdirSync(join(base, 'without'))
  writeFileSync(join(base, 'without', 'bwrap'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  mkdirSync(join(base, 'tmp'))
}

async function grade(
  base: string,
  user: Attack['user'],
  isolation: Isolation,
  temporary: string,
  token: string,
) {
  const path = isolation === 'namespaces' ? `${join(base, 'without')}:/usr/bin:/bin` : '/usr/bin:/bin'
  const choice = isolation === 'none' ? 'none' : 'require'
  const grading = `"${process.execPath}" cachelab/bin/cachelab.js grade lab --exercise keys-moved --isolation ${choice} --format json`
  // The shell is what started the grader: it has the seed in its environment and stays until the end.
  const line = `sed -i "s/\\"STARTER\\"/$$/" lab/targets.json; exec ${DESCRIPTOR}>>open; ${grading}; exit 0`
  const command = ['sh', '-c', line]
  const [program, ...words] =
    process.getuid?.() === 0 && user === 'ordinary' ? [...ORDINARY, ...command] : command
  const env = { PATH: path, HOME: join(base, 'home'), TMPDIR: temporary, CACHELAB_SEED: token }
  return run(program, words, { cwd: base, env })
}

/** What of the machine must be the same before and after. */
function machine(): string {
  const settings = ['core_pattern', 'hostname', 'domainname', 'sem', 'shmall', 'msgmni']
  const paths = [...settings.map((name) => `/proc/sys/kernel/${name}`), '/proc/self/mounts']
  return JSON.stringify([...paths.map((path) => readFileSync(path, 'utf8')), readdirSync('/dev')])
}

/** What is found on the machine afterwards. */
function left(base: string, tag: string, key: number): string[] {
  const harms: string[] = []
  const sleeping = readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1') === `sleep\0${tag}\0`
    } catch {
      return false
    }
  })
  if (sleeping) harms.push('daemon:still there')
  for (const [kind, option] of [
    ['shm', '-M'],
    ['sem', '-S'],
    ['msg', '-Q'],
  ]) {
    const lines = readFileSync(`/proc/sysvipc/${kind}`, 'latin1').split('\n')
    if (!lines.some((line) => Number(line.trim().split(/\s+/)[0]) === key)) continue
    harms.push(`shared:${kind}`)
    spawnSync('ipcrm', [option, String(key)])
  }
  for (const folder of [
    '/dev',
    '/dev/shm',
    base,
    join(base, 'elsewhere'),
    join(base, 'lab'),
    join(base, 'reports'),
  ])
    for (const name of readdirSync(folder).filter((name) => name.startsWith('escaped'))) {
      harms.push(`write:${join(folder, name)}`)
      rmSync(join(folder, name))
    }
  if (readdirSync(join(base, 'tmp')).length > 0) harms.push('write:temporary folder')
  if (readFileSync(join(base, 'open'), 'utf8') !== '') harms.push('grader:open file')
  if (readFileSync(join(base, 'secret'), 'utf8') !== 'token') harms.push('write:secret')
  return harms
}
