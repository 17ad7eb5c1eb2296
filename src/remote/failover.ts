import { InputError } from '../input-error.js'
import { isRunning } from '../process-identity.js'
import { RedisError } from '../redis/reply.js'
import { NoAnswer } from '../redis-deployment/cluster/client.js'
import { promised } from '../simulation/task.js'
import { addressAt } from './address.js'
import { RealCluster } from './cluster-target.js'
import { type LocalLab, type LocalServer, signal } from './lab.js'
import { sentinelSettings } from './local-servers.js'
import { HOST } from './ports.js'
import { destroy, openRedis, type RedisConnection } from './redis-connection.js'
import { inTime, LIFETIME } from './server.js'

/** The client that writes, and the server of the lab that takes its writes now. */
interface Writer {
  /** Whether a write was acknowledged. */
  write(): Promise<boolean>
  master(): Promise<LocalServer>
  /** Deletes what was written. */
  end(): Promise<void>
}

export type Kind = 'sentinel' | 'cluster'

/** Milliseconds between writes, before the kill, and until the wait for new writes is given up. */
const BETWEEN = 10
const LEAD = 1000
const PATIENCE = 30_000

const addressOf = (port: number) => addressAt('redis', HOST, port)

/** The deployment of a lab that can fail over. Throws InputError where it has none. */
export function kindOf({ servers }: LocalLab): Kind {
  if (servers.some(({ role }) => role === 'sentinel')) return 'sentinel'
  if (servers.some(({ role }) => role === 'cluster')) return 'cluster'
  throw new InputError(
    'this lab has nothing that fails over; start one with: cachelab lab up --sentinel, or --cluster 6',
  )
}

/** Kills the master that takes writes, and measures for how many milliseconds none is acknowledged. */
export async function measureOutage(lab: LocalLab): Promise<number> {
  const writer = kindOf(lab) === 'sentinel' ? await sentinelWriter(lab) : await clusterWriter(lab)
  try {
    const began = performance.now()
    let last = began
    let longest = 0
    let killed = false
    for (let now = began; now - last < PATIENCE; now = performance.now()) {
      if (!killed && now - began > LEAD) {
        signal(await writer.master(), 'SIGKILL')
        killed = true
      }
      const isDone = await writer.write()
      const end = performance.now()
      if (isDone && killed) longest = Math.max(longest, end - last)
      if (isDone) last = end
      // The gap has begun within a write or two; it ends with the next acknowledged write.
      if (killed && isDone && longest > 10 * BETWEEN + 100) return longest
      await new Promise((resolve) => setTimeout(resolve, BETWEEN))
    }
    throw new InputError(`no write was acknowledged for ${PATIENCE / 1000} seconds: nobody took over`)
  } finally {
    await writer.end()
  }
}

function serverAt({ servers }: LocalLab, port: number): LocalServer {
  const found = servers.find((server) => server.port === port)
  if (found && isRunning(found)) return found
  throw new InputError(`the master at port ${port} is not of this lab`)
}

/** A client that asks a sentinel for the master before each write. */
async function sentinelWriter(lab: LocalLab): Promise<Writer> {
  const sentinel = lab.servers.find(({ role }) => role === 'sentinel')!
  const { connection } = await openRedis(addressOf(sentinel.port), {})
  const masters = new Map<number, RedisConnection>()
  const key = `cachelab:failover:${process.pid}`
  const port = async (): Promise<number> => {
    const reply = await connection.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', sentinelSettings.name])
    return Number((reply as string[])[1])
  }
  const masterAt = async (at: number): Promise<RedisConnection> => {
    const known = masters.get(at)
    if (known) return known
    const made = (await openRedis(addressOf(at), {})).connection
    made.on('error', () => masters.delete(at))
    masters.set(at, made)
    return made
  }
  return {
    write: async () => {
      const at = await port()
      try {
        const master = await masterAt(at)
        await inTime(master.sendCommand(['SET', key, 'x', 'EX', String(LIFETIME)]), 'not in time')
        return true
      } catch {
        masters.delete(at)
        return false
      }
    },
    master: async () => serverAt(lab, await port()),
    end: async () => {
      const master = await masterAt(await port()).catch(() => undefined)
      await master?.sendCommand(['UNLINK', key]).catch(() => {})
      for (const one of [connection, ...masters.values()]) destroy(one)
    },
  }
}

/** A cluster client that writes to one slot. */
async function clusterWriter(lab: LocalLab): Promise<Writer> {
  const node = lab.servers.find((server) => server.role === 'cluster' && isRunning(server))
  if (!node) throw new InputError('no node of this lab’s cluster is up')
  const cluster = await RealCluster.connect(addressOf(node.port), {}, 0)
  const key = 'failover'
  let owner = 0
  cluster.client.watch = ({ address, why, sent }) => {
    if (why !== 'slots' && !(sent instanceof NoAnswer)) owner = Number(address.split(':')[1])
  }
  return {
    write: async () => {
      const sent = await promised(cluster.client.run(['SET', key, 'x']))
      return !(sent instanceof NoAnswer) && !(sent[0] instanceof RedisError)
    },
    master: async () => serverAt(lab, owner),
    end: async () => {
      await cluster.end()
    },
  }
}
