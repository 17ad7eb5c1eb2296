import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InputError } from '../input-error.js'
import { freePorts, HOST, isListening } from './ports.js'
import { isOurs, type LocalServer, signal } from './processes.js'

/** Servers that run for a lab, and the folder in which they keep what they write. */
export interface LocalLab {
  readonly folder: string
  readonly servers: readonly LocalServer[]
}

/** Milliseconds for a server to listen, for a cluster to form, and for a server to end. */
const START = 15_000
const END = 4000

/** Sentinel's settings, those of the recorded failovers. */
export const sentinelSettings = { downAfter: 1000, failoverTimeout: 10_000, quorum: 2, name: 'lab' }
export const clusterSettings = { nodeTimeout: 2000 }

/** The container that has a program, and how it is run. */
const containers: Readonly<Record<string, string>> = {
  'redis-server': 'docker run --rm --network host redis:7 redis-server --port 6379',
  'redis-sentinel': 'docker run --rm --network host redis:7 redis-sentinel FILE',
  memcached: 'docker run --rm --network host memcached:1.6 memcached -p 11211',
}

/** Throws InputError, with what would help, where a program isn't installed. */
function checkInstalled(program: string): void {
  if (spawnSync(program, ['--version']).error === undefined) return
  throw new InputError(`${program} is not installed; install it, or run a container: ${containers[program]}`)
}

/** Starts servers one by one, and stops all again where one of them doesn't come up. */
export class LabBuilder {
  readonly folder = mkdtempSync(join(tmpdir(), 'cachelab-'))
  private readonly started: LocalServer[] = []

  get lab(): LocalLab {
    return { folder: this.folder, servers: this.started }
  }

  async redis(count: number): Promise<void> {
    checkInstalled('redis-server')
    for (const port of await freePorts(count)) await this.redisServer('redis', port, [])
  }

  /** Nodes of a cluster: half of them replicas where there are six or more. Throws InputError below three. */
  async cluster(count: number): Promise<void> {
    checkInstalled('redis-server')
    const ports = await freePorts(count)
    for (const port of ports)
      await this.redisServer('cluster', port, [
        ...['--cluster-enabled', 'yes', '--cluster-config-file', `nodes-${port}.conf`],
        ...['--cluster-node-timeout', String(clusterSettings.nodeTimeout)],
      ])
    const nodes = ports.map((port) => `${HOST}:${port}`)
    const replicas = String(Math.max(0, Math.floor(count / 3) - 1))
    const made = spawnSync(
      'redis-cli',
      ['--cluster', 'create', ...nodes, '--cluster-replicas', replicas, '--cluster-yes'],
      { encoding: 'utf8', timeout: 60_000 },
    )
    if (made.status !== 0)
      throw new InputError(
        `redis-cli could not make a cluster: ${(made.stdout + made.stderr).trim().split('\n').pop()}`,
      )
    await until(() =>
      ports.every(
        (port) => said(port, 'CLUSTER', 'INFO').includes('cluster_state:ok') && isSynchronized(port),
      ),
    )
  }

  /** A master, two replicas and three sentinels. */
  async sentinel(): Promise<void> {
    checkInstalled('redis-server')
    checkInstalled('redis-sentinel')
    const [master, ...others] = await freePorts(6)
    await this.redisServer('master', master, [])
    for (const port of others.slice(0, 2))
      await this.redisServer('replica', port, ['--replicaof', HOST, String(master)])
    const { name, quorum, downAfter, failoverTimeout } = sentinelSettings
    for (const port of others.slice(2)) {
      const file = join(this.folder, `sentinel-${port}.conf`)
      const lines = [
        ...[`port ${port}`, `bind ${HOST}`, `dir ${this.folder}`],
        `sentinel monitor ${name} ${HOST} ${master} ${quorum}`,
        `sentinel down-after-milliseconds ${name} ${downAfter}`,
        `sentinel failover-timeout ${name} ${failoverTimeout}`,
      ]
      writeFileSync(file, `${lines.join('\n')}\n`)
      await this.start('sentinel', 'redis-sentinel', port, [file])
    }
    // Each knows the two others and the two replicas.
    const knowsAll = (port: number): boolean => {
      const lines = said(port, 'SENTINEL', 'MASTER', name).split('\n')
      const count = (what: string) => lines[lines.indexOf(what) + 1]
      return count('num-other-sentinels') === '2' && count('num-slaves') === '2'
    }
    await until(() => others.slice(2).every(knowsAll) && others.slice(0, 2).every(isSynchronized))
  }

  async memcached(count: number): Promise<void> {
    checkInstalled('memcached')
    // memcached runs as root only if it is told which user to be.
    const user = process.getuid?.() === 0 ? ['-u', 'root'] : []
    for (const port of await freePorts(count))
      await this.start('memcached', 'memcached', port, ['-l', HOST, '-p', String(port), ...user])
  }

  private redisServer(role: LocalServer['role'], port: number, more: readonly string[]): Promise<void> {
    const folder = join(this.folder, String(port))
    mkdirSync(folder, { recursive: true })
    return this.start(role, 'redis-server', port, [
      ...['--port', String(port), '--bind', HOST, '--save', '', '--appendonly', 'no', '--dir', folder],
      ...['--repl-diskless-sync-delay', '0'],
      ...more,
    ])
  }

  private async start(
    role: LocalServer['role'],
    program: string,
    port: number,
    words: readonly string[],
  ): Promise<void> {
    const log = join(this.folder, `${program}-${port}.log`)
    const output = openSync(log, 'w')
    const child: ChildProcess = spawn(program, words, {
      cwd: this.folder,
      detached: true,
      stdio: ['ignore', output, output],
    })
    let end: string | undefined
    child.on('error', (error) => {
      end = error.message
    })
    child.on('exit', (code) => {
      end = `it ended with ${code}`
    })
    if (child.pid !== undefined) this.started.push({ role, port, pid: child.pid })
    child.unref()
    await until(() => end !== undefined || isListening(port))
    if (end !== undefined)
      throw new InputError(
        `${program} did not start: ${readFileSync(log, 'utf8').trim().split('\n').pop() || end}`,
      )
  }
}

/** Ends a lab's processes, but not others that got their numbers, and removes its folder. Returns how many. */
export async function endLab({ folder, servers }: LocalLab): Promise<number> {
  const ours = servers.filter(isOurs)
  for (const { pid } of ours) signal(pid, 'SIGTERM')
  await until(() => !ours.some(isOurs), END).catch(() => {
    for (const server of ours) if (isOurs(server)) signal(server.pid, 'SIGKILL')
  })
  if (folder.startsWith(join(tmpdir(), 'cachelab-'))) rmSync(folder, { recursive: true, force: true })
  return ours.length
}

/** A Redis server's reply to redis-cli; empty where it gives none. */
function said(port: number, ...words: string[]): string {
  return spawnSync('redis-cli', ['-h', HOST, '-p', String(port), ...words], { encoding: 'utf8' }).stdout ?? ''
}

/** Whether a replica has its master's data; true for what is no replica. */
function isSynchronized(port: number): boolean {
  const info = said(port, 'INFO', 'replication')
  return info.includes('role:master') || info.includes('master_link_status:up')
}

/** Waits until a condition holds. Throws InputError if it never does. */
async function until(isTrue: () => boolean | Promise<boolean>, patience = START): Promise<void> {
  const end = performance.now() + patience
  while (!(await isTrue())) {
    if (performance.now() > end)
      throw new InputError(`servers were not ready within ${patience / 1000} seconds`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
