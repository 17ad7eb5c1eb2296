import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeLock } from '../../src/lock.js'
import { fromPs, identify, isRunning } from '../../src/process-identity.js'
import { makeLabFolder, removeLabFolder } from '../../src/remote/lab-folder.js'
import { temporaryFolder } from '../cli/lab.js'
import { cachelab } from '../cli/run.js'

const isInstalled = spawnSync('memcached', ['--version']).error === undefined

test('a process is its id, its start and its exact arguments', async () => {
  const child = spawn('sleep', ['1000.22401'])
  const process = identify(child.pid!)!
  expect(process.commandLine).toBe('sleep\x001000.22401')
  expect(isRunning(process)).toBe(true)
  expect(isRunning({ ...process, started: String(Number(process.started) - 1) })).toBe(false)
  expect(isRunning({ ...process, commandLine: 'sleep\x001000.2240' })).toBe(false)
  const listed = fromPs(child.pid!)!
  expect(listed.commandLine).toBe('sleep 1000.22401')
  expect(Math.abs(Date.parse(listed.started) - Date.now())).toBeLessThan(86_400_000)
  child.kill()
  await new Promise((resolve) => child.on('exit', resolve))
  expect([isRunning(process), identify(child.pid!), fromPs(child.pid!)]).toEqual([
    false,
    undefined,
    undefined,
  ])
})

test('a lock has one holder, and outlives none', () => {
  const path = join(temporaryFolder(), 'lock')
  const release = takeLock(path)!
  expect(takeLock(path)).toBeUndefined()
  release()
  expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined()
  const { pid } = spawnSync('true')
  for (const dead of [`${pid}@12345`, `${process.pid}@1`, 'nonsense']) {
    symlinkSync(dead, path)
    const taken = takeLock(path)!
    expect(readlinkSync(path)).toMatch(new RegExp(`^${process.pid}@`))
    taken()
  }
  expect(readdirSync(join(path, '..'))).toEqual([])
})

test('only the folder that was made for a lab is removed', () => {
  const folder = makeLabFolder()
  writeFileSync(join(folder.path, 'file'), '')
  renameSync(folder.path, `${folder.path}-moved`)
  symlinkSync(`${folder.path}-moved`, folder.path)
  expect(removeLabFolder(folder)).toBe(false)
  renameSync(folder.path, `${folder.path}-link`)
  mkdirSync(folder.path)
  expect(removeLabFolder(folder)).toBe(false)
  const moved = { ...folder, path: `${folder.path}-moved` }
  expect(readdirSync(moved.path)).toEqual(['file'])
  expect([removeLabFolder(moved), existsSync(moved.path), removeLabFolder(moved)]).toEqual([
    true,
    false,
    true,
  ])
})

/** A person's own state, and the commands with it. */
function person() {
  const env = { XDG_STATE_HOME: temporaryFolder() }
  return {
    file: join(env.XDG_STATE_HOME, 'cachelab', 'servers.json'),
    lab: (...args: string[]) => cachelab(['lab', ...args], { env }),
  }
}

test.runIf(isInstalled)('a state that was edited or is of another version stops nothing', async () => {
  const { file, lab } = person()
  await lab('up', '--memcached', '1')
  const text = readFileSync(file, 'utf8')
  const saved = JSON.parse(text)
  const [server] = saved.lab.servers
  const other = spawn('sleep', ['1000'])
  const edits = [
    ['', 'was edited'],
    ['{}', 'was edited'],
    [text.slice(0, -9), 'was edited'],
    [JSON.stringify({ folder: saved.lab.folder.path, servers: [server] }), 'was edited'],
    [text.replace(`"pid": ${server.pid}`, `"pid": ${other.pid}`), 'was edited'],
    [text.replaceAll(saved.lab.folder.path, '/tmp/cachelab-other'), 'was edited'],
    [JSON.stringify({ ...saved, version: 2 }), 'has version 2'],
  ]
  for (const [edited, why] of edits) {
    writeFileSync(file, edited)
    for (const command of edited === '' ? ['up', 'down', 'failover'] : ['down']) {
      const { stderr, stdout, code } = await lab(command)
      expect([code, stdout, stderr]).toEqual([
        2,
        '',
        expect.stringMatching(`^error: .*${why}, so nothing.*\n$`),
      ])
    }
    expect(readFileSync(file, 'utf8')).toBe(edited)
  }
  expect([isRunning(server), existsSync(saved.lab.folder.path), other.exitCode]).toEqual([true, true, null])
  other.kill()
  writeFileSync(file, text)
  expect(await lab('down')).toMatchObject({ code: 0, stdout: '1 server stopped.\n', stderr: '' })
  expect([isRunning(server), existsSync(saved.lab.folder.path), existsSync(file)]).toEqual([
    false,
    false,
    false,
  ])
})

test.runIf(isInstalled)('one lab starts and one stops it, however many are asked to', async () => {
  const { file, lab } = person()
  const refusal = /^error: (a lab is up already|no lab is up|another cachelab is starting or stopping).*\n$/
  for (const [command, done] of [
    [['up', '--memcached', '2'], 'Stop them: cachelab lab down\n'],
    [['down'], '2 servers stopped.\n'],
  ] as const) {
    const results = await Promise.all([1, 2, 3].map(() => lab(...command)))
    results.sort((a, b) => a.code! - b.code!)
    expect(results.map(({ code }) => code)).toEqual([0, 2, 2])
    expect(results[0].stdout).toContain(done)
    for (const { stdout, stderr } of results.slice(1))
      expect([stdout, stderr]).toEqual(['', expect.stringMatching(refusal)])
  }
  expect(readdirSync(join(file, '..'))).toEqual([])
})
