import { InputError } from '../input-error.js'
import { OK, RedisError, type Reply, Status } from '../redis/reply.js'
import {
  ClusterClient,
  type ClusterConnections,
  NoAnswer,
  type Sent,
} from '../redis-deployment/cluster/client.js'
import { type ScriptTarget, waitTime } from '../redis-deployment/cluster/script.js'
import type { Argv } from '../redis-deployment/messages/protocol.js'
import { promised, type Task, type Wait } from '../simulation/task.js'
import type { Address } from './address.js'
import { realClock } from './clock.js'
import { ClusterLinks } from './cluster-links.js'
import { OwnKeys } from './own-keys.js'
import { destroy, isErrorReply, openRedis } from './redis-connection.js'
import { inTime } from './server.js'

/** As the simulated client: what it follows, and how often it tries again with 100 ms between. */
const OPTIONS = { redirections: 16, retries: 10, pause: 100 }
/** Words that are on their way to a node together; several times as many take several times the memory. */
const IN_FLIGHT = 1000
/** Milliseconds that a script may wait at once. */
const LONGEST_WAIT = 60_000

/**
 * A real Redis Cluster that a script talks to, with the client of the simulation. Keys get a prefix of this session's
 * own that leaves them in their slot; `end` deletes just those.
 */
export class RealCluster implements ScriptTarget, ClusterConnections {
  readonly client: ClusterClient
  readonly connections = this
  private readonly keys = new OwnKeys()

  private constructor(
    private readonly first: Address,
    private readonly links: ClusterLinks,
    retries: number,
  ) {
    this.client = new ClusterClient(this, { ...OPTIONS, retries, seeds: [`${first.host}:${first.port}`] })
  }

  /** Throws InputError where there is no cluster. */
  static async connect(
    address: Address,
    env: NodeJS.ProcessEnv,
    retries = OPTIONS.retries,
  ): Promise<RealCluster> {
    const { connection } = await openRedis(address, env, { isBytes: true })
    const info = await connection.sendCommand(['CLUSTER', 'INFO']).catch((error: Error) => error)
    if (!(info instanceof Error) && /cluster_state:ok/.test(String(info)))
      return new RealCluster(address, new ClusterLinks(address, connection, env, true), retries)
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
    return (resume) => {
      this.exchange(address, commands).then(resume, (error: Error) =>
        resume(new NoAnswer(/in time/.test(error.message) ? 'timeout' : 'refused')),
      )
    }
  }

  /** Sends commands one batch after the other: a node and this client have no more to hold than those on their way. */
  private async exchange(address: string, commands: readonly Argv[]): Promise<readonly Reply[]> {
    const connection = await this.links.to(address)
    const replies: Reply[] = []
    for (let from = 0; from < commands.length; ) {
      const sent: Promise<unknown>[] = []
      for (let words = 0; from < commands.length && words < IN_FLIGHT; words += commands[from++].length) {
        const named = this.keys.renamed(commands[from]).map(encoded)
        sent.push(connection.sendCommand(named).catch(errorReply))
      }
      for (const reply of await inTime(Promise.all(sent), 'not in time'))
        replies.push(this.keys.restored(replyOf(reply)))
    }
    return replies
  }

  check(words: Argv): void {
    this.keys.check(words)
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

  /** Deletes keys of a slot that may be moving, so that some are elsewhere; the number of those that may be left. */
  private async deleteEach(keys: readonly string[]): Promise<number> {
    const replies = await this.finish(this.client.pipeline(keys.map((key) => ['UNLINK', key])))
    return replies.filter((reply) => reply instanceof NoAnswer || reply instanceof RedisError).length
  }

  /** Deletes what was written, closes connections, and gives the number of keys that may be left. */
  async end(): Promise<number> {
    let left = 0
    const slots = this.keys.takeWritten()
    const replies = await this.finish(this.client.pipeline(slots.map((keys) => ['UNLINK', ...keys])))
    for (const [i, reply] of replies.entries())
      if (reply instanceof NoAnswer || reply instanceof RedisError) left += await this.deleteEach(slots[i])
    this.links.close()
    return left
  }
}

/** Characters are bytes. Text is sent in fewer pieces than bytes are, and is the same where it is ASCII. */
const encoded = (word: string): string | Buffer =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  /^[\x00-\x7f]*$/.test(word) ? word : Buffer.from(word, 'latin1')

/** What the client package gives, as a reply of ours. */
function replyOf(reply: unknown): Reply {
  if (Buffer.isBuffer(reply)) return reply.toString('latin1')
  if (reply === 'OK') return OK
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
