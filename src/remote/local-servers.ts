import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hearSignals } from '../at-end.js'
import { InputError } from '../input-error.js'
import { identify } from '../process-identity.js'
import { writeWhole } from '../write-whole.js'
import { endAll, type LocalLab, type LocalServer, until } from './lab.js'
import { makeLabFolder, removeLabFolder } from './lab-folder.js'
import { freePorts, HOST, isServing } from './ports.js'

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
  private readonly made = makeLabFolder()
  private readonly folder = this.made.path
  private readonly servers: LocalServer[] = []
  private readonly children: ChildProcess[] = []
  private isOver = false

  /** @param changed is told of the lab whenever it has one more server. */
  constructor(private readonly changed: (lab: LocalLab) => void = () => {}) {}

  get lab(): LocalLab {
    return { folder: this.made, servers: this.servers }
  }

  /** Ends all that was started, servers that don't answer yet too, and removes the folder. */
  async end(): Promise<void> {
    this.isOver = true
    await endAll(
      this.children.map((child) => ({
        isRunning: () => child.exitCode === null && child.signalCode === null,
        signal: (name) => child.kill(name),
      })),
    )
    removeLabFolder(this.made)
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
    await this.goesOn()
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
    await this.goesOn()
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
      writeWhole(file, `${lines.join('\n')}\n`)
      await this.start('sentinel', 'redis-sentinel', port, [file])
    }
    // Each knows the two others and the two replicas.
    const knowsAll = (port: number): boolean => {
      const lines = said(port, 'SENTINEL', 'MASTER', name).split('\n')
      const count = (what: string) => lines[lines.indexOf(what) + 1]
      return count('num-other-sentinels') === '2' && count('num-slaves') === '2'
    }
    await until(() => others.slice(2).every(knowsAll) && others.slice(0, 2).every(isSynchronized))
    await this.goesOn()
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

  /** Waits for ever where a signal ends the program: nothing more is started, and nothing that ends is an error. */
  private async goesOn(): Promise<void> {
    await hearSignals()
    if (this.isOver) await new Promise(() => {})
  }

  private async start(
    role: LocalServer['role'],
    program: string,
    port: number,
    words: readonly string[],
  ): Promise<void> {
    await this.goesOn()
    const log = join(this.folder, `${program}-${port}.log`)
    const output = openSync(log, 'w')
    const child: ChildProcess = spawn(program, words, {
      cwd: this.folder,
      detached: true,
      stdio: ['ignore', output, output],
    })
    closeSync(output)
    const { pid } = child
    let end: string | undefined
    child.on('error', (error) => {
      end = error.message
    })
    child.on('exit', (code) => {
      end = `it ended with ${code}`
    })
    if (pid !== undefined) this.children.push(child)
    child.unref()
    await until(async () => end !== undefined || (await isServing(port, pid!)))
    await this.goesOn()
    // Not before it serves: Redis gives itself a title when it starts.
    const process = end === undefined ? identify(pid!) : undefined
    if (process === undefined)
      throw new InputError(
        `${program} did not start: ${readFileSync(log, 'utf8').trim().split('\n').pop() || end}`,
      )
    this.servers.push({ role, port, ...process })
    this.changed(this.lab)
  }
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
