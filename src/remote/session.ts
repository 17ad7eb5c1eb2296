import { randomBytes } from 'node:crypto'
import type { CacheTransport, Ownership, Reply, Request } from '../cache-cluster/protocol.js'
import type { Address } from './address.js'
import { entryIn, textOf } from './entry-text.js'
import { bounded } from './in-flight.js'
import { KeySet } from './key-set.js'
import { BATCH, deleteAll, ignore, inTime, type RemoteServer } from './server.js'

const REFUSED: Reply = { status: 'refused' }
const STORED: Reply = { status: 'stored' }
const MISSING: Reply = { status: 'missing' }

/** What a node refused, in the server's own words. */
export interface Refusals {
  readonly first: string
  count: number
}

/**
 * Real servers in the place of simulated nodes: the client of the replication lab talks to them through this transport.
 * Keys get a prefix of this session's own, and `end` deletes just those that were written.
 *
 * @example
 * import { parseAddresses, RemoteSession } from 'cachelab/remote'
 * const addresses = parseAddresses('--connect', 'redis://127.0.0.1:1')
 * const session = await RemoteSession.open(addresses, {}).catch((error: Error) => error)
 * session instanceof Error && session.message // 'no Redis answers at redis://127.0.0.1:1 (ECONNREFUSED); is it the right port and protocol?'
 */
export class RemoteSession implements CacheTransport {
  /** What the keys of this session begin with. */
  readonly prefix = `cachelab:${randomBytes(6).toString('hex')}:`
  /** The keys written to each node. */
  protected readonly written: readonly KeySet[]
  private readonly cutOff = new Set<number>()
  /** Requests on their way, and writes that wait to be passed on. */
  private pending = 0
  private settled: (() => void)[] = []
  private isOver = false
  private passing: { readonly ownership: Ownership; readonly lag: number } | undefined
  /** By node: the first refusal, and how many there were. */
  readonly refusals = new Map<number, Refusals>()

  protected constructor(readonly servers: readonly RemoteServer[]) {
    this.written = servers.map(() => new KeySet())
  }

  /** Connects to all servers. Throws InputError where one doesn't answer; then no connection stays open. */
  static async open(addresses: readonly Address[], env: NodeJS.ProcessEnv): Promise<RemoteSession> {
    const outcomes = await Promise.allSettled(addresses.map((address) => connectServer(address, env)))
    const failed = outcomes.find((outcome) => outcome.status === 'rejected')
    const servers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    if (!failed) return new RemoteSession(servers.map((server) => bounded(server)))
    for (const server of servers) server.close()
    throw failed.reason
  }

  /** Sends a request; `answer` is called once, with `refused` where the server fails. */
  send(node: number, request: Request, answer: (reply: Reply) => void): void {
    if (this.isOver) {
      // Not at once: who goes on asking must not keep the loop from the clean-up.
      setImmediate(answer, REFUSED)
      return
    }
    if (this.cutOff.has(node)) {
      answer(REFUSED)
      return
    }
    this.pending++
    this.exchange(this.servers[node], node, request).then(
      (reply) => {
        answer(reply)
        this.done()
      },
      (error: Error) => {
        this.refused(node, error)
        answer(REFUSED)
        this.done()
      },
    )
  }

  private refused(node: number, { message }: Error): void {
    const known = this.refusals.get(node)
    if (known) known.count++
    else this.refusals.set(node, { first: message, count: 1 })
  }

  /**
   * Writes many keys to a node, at most BATCH at a time on their way, each in a SET of its own: the server refuses
   * or evicts them as it does single ones, but nothing here waits for a single one. What isn't answered within
   * `timeout` milliseconds is given up.
   */
  async putAll(
    node: number,
    keys: Uint32Array,
    timeout: number,
    progress: (done: number) => void,
  ): Promise<void> {
    const text = textOf({ version: 1, deleted: false, expires: Infinity })
    for (let from = 0; from < keys.length && !this.isOver && !this.cutOff.has(node); from += BATCH) {
      const batch = keys.subarray(from, from + BATCH)
      for (const key of batch) this.written[node].add(key)
      this.pending++
      const names = Array.from(batch, (key) => this.nameOf(key))
      const sent = this.servers[node].setAll(names, text).finally(() => this.done())
      for (const error of await inTime(sent, 'no answer', timeout).catch((late: Error) => [late]))
        this.refused(node, error)
      progress(batch.length)
    }
  }

  private done(): void {
    if (--this.pending > 0) return
    for (const resolve of this.settled.splice(0)) resolve()
  }

  /** Real servers don't pass writes on as simulated nodes do: this session does it for them, after a lag. */
  passOn(ownership: Ownership, lag: number): void {
    this.passing = { ownership, lag }
  }

  /** Waits until no request is on its way. */
  async settle(): Promise<void> {
    while (this.pending > 0) await new Promise<void>((resolve) => this.settled.push(resolve))
  }

  private forward(node: number, { key, entry }: Request & { kind: 'put' }): void {
    if (!this.passing) return
    const { ownership, lag } = this.passing
    const others = Array.from({ length: ownership.copies }, (_, rank) => ownership.owner(key, rank))
    this.pending++
    setTimeout(() => {
      for (const other of others)
        if (other !== node) this.send(other, { kind: 'put', key, entry, forward: false }, ignore)
      this.done()
    }, lag)
  }

  private async exchange(server: RemoteServer, node: number, request: Request): Promise<Reply> {
    switch (request.kind) {
      case 'get': {
        const entry = entryIn(await server.get(this.nameOf(request.key)))
        return entry && !entry.deleted ? { status: 'found', entry } : MISSING
      }
      case 'put':
        this.written[node].add(request.key)
        await server.set(this.nameOf(request.key), textOf(request.entry))
        if (request.forward) this.forward(node, request)
        return STORED
      case 'ping':
        return { status: 'alive', incarnation: 1 }
      default:
        return REFUSED
    }
  }

  protected nameOf(key: number): string {
    return `${this.prefix}${key}`
  }

  /** How many of the keys from … to − 1 a node has: it is asked directly, without a client. */
  async count(node: number, from: number, to: number): Promise<number> {
    let count = 0
    for (let first = from; first < to; first += BATCH) {
      const length = Math.min(BATCH, to - first)
      const names = Array.from({ length }, (_, i) => this.nameOf(first + i))
      count += await this.servers[node].count(names)
    }
    return count
  }

  /** Makes a node refuse this session from now on, as if its connection were closed. The server goes on. */
  cut(node: number): void {
    this.cutOff.add(node)
  }

  /** Deletes what was written, closes connections, and gives the number of keys that may be left. */
  async end(): Promise<number> {
    this.isOver = true
    await inTime(this.settle(), 'no answer').catch(ignore)
    const left = await Promise.all(
      this.servers.map((server, node) => deleteAll(server, this.namesOn(node), this.written[node].size)),
    )
    for (const server of this.servers) server.close()
    return left.reduce((a, b) => a + b, 0)
  }

  /** The names written to a node, made one by one: a list of them would be most of the memory. */
  protected *namesOn(node: number): Generator<string> {
    for (const key of this.written[node]) yield this.nameOf(key)
  }
}

/** Connects with a server. Throws InputError where nobody answers there, or somebody else. */
async function connectServer(address: Address, env: NodeJS.ProcessEnv): Promise<RemoteServer> {
  if (address.protocol === 'memcached') {
    const { connectMemcached } = await import('./memcached-server.js')
    return connectMemcached(address)
  }
  const { connectRedis } = await import('./redis-server.js')
  return connectRedis(address, env)
}
