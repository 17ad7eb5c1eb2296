import { RedisError } from '../redis/reply.js'
import { redirection } from '../redis-deployment/cluster/client.js'
import { type Address, nodeAddress } from './address.js'
import { destroy, openRedis, type RedisConnection } from './redis-connection.js'
import { ignore } from './server.js'

/** Redirections that are followed for one command. */
export const REDIRECTIONS = 16

/** Connections with the nodes of a cluster, by `host:port`, each kept until it breaks. */
export class ClusterLinks {
  private readonly open = new Map<string, Promise<RedisConnection>>()
  /** Commands that a node redirected with MOVED or ASK. */
  redirected = 0

  /** `first` is the node that names the others, over `connection`; `isBytes` tells how bulk strings come. */
  constructor(
    private readonly first: Address,
    connection: RedisConnection,
    private readonly env: NodeJS.ProcessEnv,
    private readonly isBytes = false,
  ) {
    this.keep(`${first.host}:${first.port}`, Promise.resolve(connection))
  }

  /** Connects where there is no connection. */
  to(node: string): Promise<RedisConnection> {
    const known = this.open.get(node)
    if (known) return known
    const opened = openRedis(nodeAddress(this.first, node), this.env, { isBytes: this.isBytes })
    return this.keep(
      node,
      opened.then(({ connection }) => connection),
    )
  }

  private keep(node: string, made: Promise<RedisConnection>): Promise<RedisConnection> {
    const forget = () => this.open.delete(node)
    made.then((connection) => connection.on('error', forget), forget)
    this.open.set(node, made)
    return made
  }

  /** Sends a command over a connection, and again to the node that it is redirected to. Rejects with a node's error. */
  send(connection: RedisConnection, words: readonly string[], left = REDIRECTIONS): Promise<unknown> {
    return connection.sendCommand(words).catch((error: Error) => this.follow(error, words, left))
  }

  private async follow(error: Error, words: readonly string[], left: number): Promise<unknown> {
    const to = redirection(new RedisError(error.message))
    if (!to || to.kind === 'again' || left === 0) throw error
    this.redirected++
    const connection = await this.to(to.address)
    // It applies to the next command of the connection, which follows at once.
    if (to.kind === 'ASK') connection.sendCommand(['ASKING']).catch(ignore)
    return this.send(connection, words, left - 1)
  }

  close(): void {
    for (const connection of this.open.values()) connection.then(destroy, ignore)
  }
}
