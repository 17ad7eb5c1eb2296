/** One unit of Redis's suite on one server, both started here and ended here. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const MAX_UNIT_MS = 600_000
/** Seconds that one test may take, on a slow machine beside others. */
const MAX_TEST_S = 240
const MAX_START_MS = 20_000
const program = fileURLToPath(new URL('../../../bin/cachelab.js', import.meta.url))

const commands = {
  ours: (port) => [process.execPath, program, 'redis', 'serve', '--port', port],
  real: (port) =>
    `redis-server --port ${port} --save --appendonly no --enable-debug-command yes --loglevel warning`.split(
      ' ',
    ),
}

/** What has to end with this process. */
const running = new Set()
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
])
  process.on(signal, () => {
    for (const { pid } of running) killGroup(pid)
    process.exit(128 + number)
  })

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {} // it has ended by itself
}

/** A program in a process group of its own, what it wrote, and how it ended. */
function start([file, ...words], options) {
  const child = spawn(file, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  running.add(child)
  child.on('close', () => running.delete(child))
  const started = { child, text: '', ended: once(child, 'close') }
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('latin1').on('data', (part) => {
      started.text += part
    })
  started.end = async () => {
    killGroup(child.pid)
    await started.ended
  }
  return started
}

async function accepts(port) {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** The outcomes of the tests of a log, by name: a name that comes again has its number behind it. */
function outcomes(log) {
  const tests = new Map()
  const seen = new Map()
  for (const [, outcome, text] of log.matchAll(/^\[(ok|err)\]: (.*(?:\n(?!\[).*)*)/gm)) {
    const [name, ...rest] =
      outcome === 'ok' ? [text.replace(/ \(\d+ ms\)\s*$/, '')] : text.split(/ in tests\/\S+\n/)
    const time = (seen.get(name) ?? 0) + 1
    seen.set(name, time)
    tests.set(time > 1 ? `${name} (${time})` : name, { passed: outcome === 'ok', message: rest.join('\n') })
  }
  return tests
}

/**
 * Runs one unit, unmodified, on `kind` ("ours" or "real") at a port, from a copy of Redis's tests, since they write into
 * their own folder. `--durable` is the suite's own option: a test that throws fails, and the next one is run.
 * `--skiptest` is too: tests that would leave something behind when they fail.
 */
export async function runUnit(source, unit, kind, port, skipped) {
  const folder = mkdtempSync(join(tmpdir(), 'cachelab-suite-'))
  for (const name of ['tests', 'runtest', 'src/commands'])
    if (existsSync(join(source, name))) cpSync(join(source, name), join(folder, name), { recursive: true })
  const began = performance.now()
  const server = start(commands[kind](String(port)), { cwd: folder })
  try {
    while (!(await accepts(port))) {
      if (performance.now() - began > MAX_START_MS || server.child.exitCode !== null)
        throw new Error(`the server does not start: ${server.text}`)
      await wait(50)
    }
    const words = `--host 127.0.0.1 --port ${port} --baseport ${port + 40} --durable --timeout ${MAX_TEST_S} --single unit/${unit}`
    const skips = skipped.flatMap((name) => ['--skiptest', name])
    const suite = start(['./runtest', ...words.split(' '), ...skips], { cwd: folder })
    const limit = setTimeout(suite.end, MAX_UNIT_MS)
    await suite.ended
    clearTimeout(limit)
    await suite.end()
    const log = stripVTControlCharacters(suite.text)
    const crashed = server.child.exitCode !== null || server.child.signalCode !== null
    return {
      tests: outcomes(log),
      log,
      seconds: (performance.now() - began) / 1000,
      trouble: crashed ? `the server ended: ${server.text.slice(-300)}` : trouble(log),
    }
  } finally {
    await server.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Why the unit did not reach its end, if it did not. */
function trouble(log) {
  if (/^\s*The End$/m.test(log) && !/^\[TIMEOUT\]/m.test(log)) return undefined
  return /^\[exception\]: .*\n.*/m.exec(log)?.[0] ?? `ended without its end: ${log.trim().split('\n').at(-1)}`
}
