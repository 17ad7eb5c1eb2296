import { randomBytes } from 'node:crypto'
import { InputError } from '../input-error.js'
import type { Command } from '../redis/command.js'
import { keyPlaces } from '../redis/command-keys.js'
import { RedisError, type Reply, Status } from '../redis/reply.js'
import { findCommand } from '../redis/table.js'
import {
  ClusterClient,
  type ClusterConnections,
  NoAnswer,
  type Sent,
} from '../redis-deployment/cluster/client.js'
import { hashedPart, slotOf } from '../redis-deployment/cluster/routing.js'
import { type ScriptTarget, waitTime } from '../redis-deployment/cluster/script.js'
import type { Argv } from '../redis-deployment/messages/protocol.js'
import { promised, type Task, type Wait } from '../simulation/task.js'
import type { Address } from './address.js'
import { realClock } from './clock.js'
import { ClusterLinks } from './cluster-links.js'
import { destroy, isErrorReply, openRedis, type RedisModule } from './redis-connection.js'
import { batches, inTime } from './server.js'

/** As the simulated client: what it follows, and how often it tries again with 100 ms between. */
const OPTIONS = { redirections: 16, retries: 10, pause: 100 }
/** Milliseconds that a script may wait at once. */
const LONGEST_WAIT = 60_000

/**
 * A real Redis Cluster that a script talks to, with the client of the simulation. Keys get a prefix of this session's
 * own that leaves them in their slot; `end` deletes just those.
 */
export class RealCluster implements ScriptTarget, ClusterConnections {
  readonly client: ClusterClient
  readonly connections = this
  private readonly prefix = `cachelab:${randomBytes(6).toString('hex')}:`
  private readonly written = new Set<string>()
  private readonly options: object

  private constructor(
    private readonly first: Address,
    private readonly links: ClusterLinks,
    module: RedisModule,
    retries: number,
  ) {
    this.client = new ClusterClient(this, { ...OPTIONS, retries, seeds: [`${first.host}:${first.port}`] })
    const { BLOB_STRING, SIMPLE_STRING } = module.RESP_TYPES
    // Bulk strings as bytes, so that they can be told from simple ones.
    this.options = { typeMapping: { [BLOB_STRING]: Buffer, [SIMPLE_STRING]: String } }
  }

  /** Throws InputError where there is no cluster. */
  static async connect(
    address: Address,
    env: NodeJS.ProcessEnv,
    retries = OPTIONS.retries,
  ): Promise<RealCluster> {
    const { connection, module } = await openRedis(address, env)
    const info = await connection.sendCommand(['CLUSTER', 'INFO']).catch((error: Error) => error)
    if (!(info instanceof Error) && /cluster_state:ok/.test(String(info)))
      return new RealCluster(address, new ClusterLinks(address, connection, env), module, retries)
    destroy(connection)
    throw new InputError(
      info instanceof Error
        ? `${address.text} is no node of a cluster: ${info.message}`
        : `the cluster of ${address.text} is down, by its own word (CLUSTER INFO)`,
    )
  }

  get now(): number {
    return realClock.now
  }

  pause(milliseconds: number): Wait<void> {
    return (resume) => {
      setTimeout(resume, milliseconds)
    }
  }

  ask(address: string, commands: readonly Argv[]): Wait<Sent> {
    const named = commands.map((words) => this.renamed(words))
    return (resume) => {
      this.exchange(address, named).then(resume, (error: Error) =>
        resume(new NoAnswer(/in time/.test(error.message) ? 'timeout' : 'refused')),
      )
    }
  }

  private async exchange(address: string, commands: readonly Argv[]): Promise<readonly Reply[]> {
    const connection = await this.links.to(address)
    const sent = commands.map((words) =>
      connection
        .sendCommand(
          words.map((word) => Buffer.from(word, 'latin1')),
          this.options,
        )
        .catch(errorReply),
    )
    const replies = await inTime(Promise.all(sent), 'not in time')
    return replies.map((reply) => this.restored(replyOf(reply)))
  }

  check(words: Argv): void {
    const { command, places } = known(words)
    for (const i of places) this.storedAs(words[i])
    if (!command && !/^(asking|cluster)$/i.test(words[0]))
      throw new InputError(
        `${words[0]}: cachelab doesn't know its keys, and so can't keep them apart from others'`,
      )
    if (command && places.length === 0 && /write|admin|blocking|pubsub/.test(command.flags.join(' ')))
      throw new InputError(`${words[0]} reaches further than this session's own keys`)
  }

  /** A command with this session's names for keys. */
  private renamed(words: Argv): Argv {
    const { command, places } = known(words)
    const named = [...words]
    for (const i of places) {
      named[i] = this.storedAs(words[i])
      if (command!.flags.includes('write')) this.written.add(words[i])
    }
    return named
  }

  /** A name in the same slot: what is hashed of the key is its tag. Throws InputError where there is no such name. */
  private storedAs(key: string): string {
    const name = `${this.prefix}{${hashedPart(key)}}:${key}`
    if (slotOf(name) === slotOf(key)) return name
    throw new InputError(
      `the key ${JSON.stringify(key)} has braces that leave no room for a name of this session's`,
    )
  }

  private restored(reply: Reply): Reply {
    if (typeof reply === 'string')
      return reply.startsWith(this.prefix) ? reply.slice(reply.indexOf('}:') + 2) : reply
    return Array.isArray(reply) ? reply.map((one: Reply) => this.restored(one)) : reply
  }

  finish<T>(task: Task<T>): Promise<T> {
    return promised(task)
  }

  addressOf(name: string): string | undefined {
    return /^[^\s:]+:\d+$/.test(name) ? name : undefined
  }

  nameOf(address: string): string {
    return address
  }

  async direct([name, ...words]: readonly string[]): Promise<string> {
    if (name === 'wait') {
      const time = waitTime(words[0], LONGEST_WAIT)
      await new Promise((resolve) => setTimeout(resolve, time))
      return `${words[0]} later`
    }
    if (name === 'nodes') return this.describe()
    throw new InputError(
      `!${name} breaks or changes a cluster, which only the simulated one is for; here there are !nodes, !wait, !pipeline, !end`,
    )
  }

  private async describe(): Promise<string> {
    const connection = await this.links.to(`${this.first.host}:${this.first.port}`)
    return String(await connection.sendCommand(['CLUSTER', 'NODES'])).trim()
  }

  /** Deletes what was written, closes connections, and gives the number of keys that may be left. */
  async end(): Promise<number> {
    let left = 0
    // A command a key: one for several would need them in one slot. Those of a batch don't wait for one another.
    for (const batch of batches(this.written)) {
      const replies = await this.finish(this.client.pipeline(batch.map((key) => ['UNLINK', key])))
      for (const reply of replies) if (reply instanceof NoAnswer || reply instanceof RedisError) left++
    }
    this.links.close()
    return left
  }
}

/** The command that words call, if it is known, and which of them are keys. */
function known(words: Argv): { readonly command: Command | undefined; readonly places: readonly number[] } {
  const command = findCommand(words)
  return { command, places: command ? keyPlaces(command, words) : [] }
}

/** What the client package gives, as a reply of ours. */
function replyOf(reply: unknown): Reply {
  if (Buffer.isBuffer(reply)) return reply.toString('latin1')
  if (typeof reply === 'string') return new Status(reply)
  if (typeof reply === 'number' || reply === null) return reply
  if (Array.isArray(reply)) return reply.map(replyOf)
  if (reply instanceof Error) return new RedisError(reply.message)
  return String(reply)
}

function errorReply(error: Error): Error {
  if (isErrorReply(error)) return error
  throw error
}
