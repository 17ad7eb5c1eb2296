// A hostile solution in JavaScript, for where Node's permissions are all that keeps it in; see attempts.py.
import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import * as net from 'node:net'

const require = createRequire(import.meta.url)
const targets = JSON.parse(fs.readFileSync(new URL('targets.json', import.meta.url), 'utf8'))

const canRead = (path) => fs.readFileSync(path).length > 0
const canWrite = (path) => fs.closeSync(fs.openSync(path, 'r+')) === undefined
const create = (folder) => fs.writeFileSync(`${folder}/escaped`, '100') === undefined

const attempts = {
  ...Object.fromEntries(
    ['secret', 'home', 'lab', 'report', 'checks', 'solution', 'other_copy'].map((name) => [
      `read:${name}`,
      () => canRead(targets[name]),
    ]),
  ),
  'read:buffers as paths': () => canRead(Buffer.from(targets.secret)),
  'read:addresses as paths': () => canRead(new URL(`file://${targets.secret}`)),
  'read:a way around': () => canRead(`${process.cwd()}/../../../../../../../../..${targets.secret}`),
  'read:a symbolic link': () => fs.symlinkSync(targets.secret, 'link') ?? canRead('link'),
  'read:a stream': async () => {
    for await (const _ of fs.createReadStream(targets.secret)) return true
  },
  'read:a folder': () => fs.readdirSync(targets.temporary).length > 0,
  'read:a database': () => {
    const { DatabaseSync } = require('node:sqlite')
    new DatabaseSync(':memory:').exec(`ATTACH '${targets.temporary}/escaped.db' AS x; CREATE TABLE x.t (a)`)
    return true
  },
  'read:a module': () => require(`${targets.lab_folder}/module.cjs`) !== undefined,
  'read:a module of the new kind': async () =>
    (await import(`${targets.lab_folder}/module.cjs`)) !== undefined,
  'write:temporary': () => create(targets.temporary),
  'write:lab': () => create(targets.lab_folder),
  'write:home': () => create(targets.home_folder),
  'write:report': () => canWrite(targets.report),
  'write:a report of Node': () => process.report.writeReport(`${targets.temporary}/escaped.json`) !== '',
  'write:a snapshot': () => require('node:v8').writeHeapSnapshot(`${targets.temporary}/escaped.heap`) !== '',
  'write:a profile': () => require('node:v8').setFlagsFromString('--prof') ?? false,
  'write:a trace': () =>
    require('node:trace_events')
      .createTracing({ categories: ['node'] })
      .enable() ?? false,
  'write:a mode': () => fs.chmodSync(targets.secret, 0o777) === undefined,
  'write:a link': () => fs.linkSync(targets.secret, 'hard') ?? canWrite('hard'),
  'write:a copy': () => fs.cpSync('targets.json', `${targets.temporary}/escaped`) === undefined,
  'secrets:environment of the starter': () => canRead(`/proc/${targets.starter}/environ`),
  'secrets:memory': () => canRead(`/proc/${targets.starter}/maps`),
  'processes:signalled': () => process.kill(targets.starter, 0),
  'processes:signalled from below': () => process._kill(targets.starter, 0) === 0,
  'processes:debugged': () => process._debugProcess(targets.starter) === undefined,
  'processes:started': () => require('node:child_process').spawnSync('true').status === 0,
  'processes:slowed down': () => require('node:os').setPriority(targets.starter, 19) === undefined,
  'daemon:detached': () =>
    require('node:child_process').spawn('sleep', [targets.sleep], { detached: true }) && false,
  'daemon:a worker': () => new (require('node:worker_threads').Worker)('for(;;);', { eval: true }) && true,
  'kernel:core_pattern': () => canWrite('/proc/sys/kernel/core_pattern'),
  'kernel:kmsg': () => canWrite('/dev/kmsg'),
  'kernel:an addon': () => process.dlopen({ exports: {} }, targets.addon) === undefined,
  'privileges:another user': () => process.seteuid?.(0) === undefined && process.setuid(1) === undefined,
  'privileges:insides': () => process.binding('fs') !== undefined,
  'privileges:a debugger': () => require('node:inspector').open(0) === undefined,
  'shared:in memory': () => create('/dev/shm'),
  'calls:web assembly of the system': () => {
    const { WASI } = require('node:wasi')
    new WASI({ version: 'preview1', preopens: { '/x': targets.temporary } })
    return false
  },
  'network:connected': () =>
    new Promise((resolve) => {
      const socket = net
        .connect(targets.port, '127.0.0.1', () => resolve(true))
        .on('error', () => resolve(false))
      socket.setTimeout(2000, () => resolve(false))
    }),
}

const succeeded = []
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    if (await attempt()) succeeded.push(name)
  } catch {
    // It was held off.
  }
}

export const movedByModulo = () => {
  throw new Error(`${Object.keys(attempts).length} tried; ${succeeded.join(',') || 'none'}.`)
}
