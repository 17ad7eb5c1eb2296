import type { Client } from '../../redis/client.js'
import { type Command, keysIn } from '../../redis/command.js'
import type { Database } from '../../redis/database.js'
import { RedisError, type Reply, Several, WAITS } from '../../redis/reply.js'
import { Server } from '../../redis/server.js'
import { copyOf } from '../../redis/values/value.js'
import { Process } from '../../simulation/process.js'
import {
  type Actor,
  type Change,
  type Info,
  ignore,
  type KeyState,
  type LogEntry,
  type NodeReply,
  type NodeRequest,
  REFUSED,
  type Surroundings,
  type Words,
} from '../messages/protocol.js'
import { historyId } from './history-id.js'
import { ReplicaLink } from './replica-link.js'
import { ReplicationLog } from './replication-log.js'

export interface NodeOptions {
  /** Milliseconds that a command takes. */
  readonly service: number
  /** Milliseconds until a master passes on what it did. */
  readonly lag: number
  /** A master refuses writes with fewer replicas than these that have been heard of lately. */
  readonly minReplicasToWrite: number
  /** Milliseconds: how lately. Redis's default is 10 s. */
  readonly minReplicasMaxLag: number
  /** replica-priority of each node by number; 100 where there is none. 0 is never promoted. */
  readonly priorities?: readonly number[]
}

/** What a master knows of a replica. */
interface ReplicaState {
  offset: number
  /** When it was last heard of. */
  at: number
}

/** Milliseconds between a replica's reports, and between two pings of an idle master to its replicas. */
const ACK_PERIOD = 1000
const PING_PERIOD = 10_000
const PING_BYTES = 14
/** Bytes in the log that a key's state is taken to have. */
const KEY_BYTES = 100

/** Commands whose effect depends on chance or on the clock: replicas are told what came of them. */
const RELATIVE = new Set([
  ...['spop', 'expire', 'pexpire', 'setex', 'psetex', 'getex', 'exec'],
  ...['blpop', 'brpop', 'blmove', 'brpoplpush', 'blmpop', 'bzpopmin', 'bzpopmax', 'bzmpop'],
])

/**
 * One Redis of several in virtual time: the store, and asynchronous replication. A master answers first and passes
 * on what changed; a replica does the same in the same order, and refuses writes of others.
 */
export class RedisNode extends Process implements Actor {
  server!: Server
  readonly log: ReplicationLog
  readonly replicas = new Map<number, ReplicaState>()
  readonly link: ReplicaLink
  readonly id: number
  private readonly clients = new Map<number, Client>()
  private readonly touched = new Map<string, Database>()
  /** Sentinels that listen to what is published. */
  private readonly listeners = new Set<number>()
  /** Runs what a master says; not refused, as it is no client. */
  protected isReplaying = false

  constructor(
    protected readonly around: Surroundings,
    protected readonly options: NodeOptions,
    /** The master at the start; undefined for a master. */
    master?: number,
  ) {
    super(around.clock, options.service)
    this.id = around.id
    this.log = new ReplicationLog(this.newHistory())
    this.begin()
    this.link = new ReplicaLink(this, around, master)
    this.report()
    this.pingReplicas()
  }

  get master(): number | undefined {
    return this.link.master
  }

  get runId(): string {
    return historyId(this.around.seed, `run-${this.id}-${this.incarnation}`)
  }

  private newHistory(): string {
    return historyId(this.around.seed, `history-${this.id}-${this.around.clock.now}`)
  }

  private begin(): void {
    const { clock, seed, id } = this.around
    this.server = new Server({
      clock: { now: () => START + Math.floor(clock.now), advance: ignore },
      seed: seed * 1000 + id,
    })
    this.server.gate = (client, command, argv) => this.gate(client, command, argv)
    this.server.onChange = (db, key) => this.changed(db, key)
    this.clients.clear()
    this.touched.clear()
  }

  /** A key was written to, or has gone. */
  protected changed(db: Database, key: string): void {
    this.touched.set(`${db.index}/${key}`, db)
  }

  override kill(): void {
    super.kill()
    this.replicas.clear()
    this.listeners.clear()
    this.begin()
    this.log.restart(this.newHistory(), 0)
  }

  override restart(): void {
    super.restart()
    this.link.reopen()
  }

  closed(peer: number): void {
    this.replicas.delete(peer)
    this.listeners.delete(peer)
    this.clients.delete(peer)
    if (peer === this.master) this.link.lost()
  }

  handle(request: NodeRequest, answer: (reply: NodeReply) => void, from: number): void {
    this.enqueue(
      effortOf(request),
      () => this.serve(request, answer, from),
      () => answer(REFUSED),
    )
  }

  protected serve(request: NodeRequest, answer: (reply: NodeReply) => void, from: number): void {
    switch (request.kind) {
      case 'commands':
        this.runAll(request.commands, answer, from)
        break
      case 'ping':
        answer({ status: 'pong' })
        break
      case 'info':
        answer({ status: 'info', info: this.info() })
        break
      case 'replicaof':
        this.follow(request.master)
        answer({ status: 'ok' })
        break
      case 'psync':
        answer(this.synchronize(from, request.history, request.offset))
        break
      case 'log':
        this.link.receive(request.history, request.entry)
        break
      case 'ack':
        this.heard(from, request.offset)
        break
      case 'publish':
        for (const listener of this.listeners)
          this.around.peers.send(listener, { ...request, kind: 'hello' }, ignore)
        this.listeners.add(from)
    }
  }

  protected runAll(commands: readonly Words[], answer: (reply: NodeReply) => void, from: number): void {
    const replies = commands.map((words) => this.run(this.clientOf(from), words))
    answer({ status: 'replies', replies })
  }

  protected clientOf(from: number): Client {
    const found = this.clients.get(from)
    if (found) return found
    const made = this.server.connect()
    this.clients.set(from, made)
    return made
  }

  /** Runs a command of a client's, and passes on what it changed. */
  run(client: Client, words: Words): Reply {
    const answer = this.server.execute(client, words)
    if (this.touched.size > 0) this.propagate(words, client)
    if (answer === WAITS) {
      this.server.blocking.remove(client)
      return new RedisError('ERR this command would wait, and here nobody does')
    }
    return answer instanceof Several ? [...answer.replies] : answer
  }

  /** Throws the error reply for a command that this node must refuse. */
  protected gate(client: Client, command: Command, argv: Words): void {
    if (this.isReplaying || !writes(client, command, argv)) return
    if (this.master !== undefined)
      throw new RedisError("READONLY You can't write against a read only replica.")
    const { minReplicasToWrite } = this.options
    if (minReplicasToWrite > 0 && this.goodReplicas < minReplicasToWrite)
      throw new RedisError('NOREPLICAS Not enough good replicas to write.')
  }

  private get goodReplicas(): number {
    const since = this.clock.now - this.options.minReplicasMaxLag
    let good = 0
    for (const { at } of this.replicas.values()) if (at >= since) good++
    return good
  }

  private propagate(words: Words, client: Client): void {
    const changes = this.changesOf(words, client)
    this.touched.clear()
    if (this.master !== undefined) return
    const bytes = words.reduce((sum, word) => sum + word.length + 5 + String(word.length).length, 5)
    this.append(changes, bytes)
  }

  /** Tells replicas what the keys that were touched have become. */
  protected propagateStates(): void {
    const changes = this.touchedStates()
    this.touched.clear()
    if (changes.length > 0 && this.master === undefined) this.append(changes, changes.length * KEY_BYTES)
  }

  private append(changes: readonly Change[], bytes: number): void {
    const entry = this.log.append(changes, bytes)
    const { incarnation } = this
    this.clock.after(this.options.lag, () => {
      if (this.state === 'up' && this.incarnation === incarnation) this.send(entry)
    })
  }

  private send(entry: LogEntry): void {
    const { history } = this.log
    for (const replica of this.replicas.keys())
      this.around.peers.send(replica, { kind: 'log', history, entry }, ignore)
  }

  private changesOf(words: Words, client: Client): Change[] {
    const command = this.server.find(words)
    const db = client.db.index
    if (command?.flags.includes('write') && !isRelative(command, words)) {
      const named = new Set(keysIn(command, words).map((key) => `${db}/${key}`))
      if ([...this.touched.keys()].every((key) => named.has(key))) return [{ db, words }]
    }
    return this.touchedStates()
  }

  private touchedStates(): Change[] {
    return [...this.touched].map(([name, { index }]) =>
      this.stateOf(index, name.slice(name.indexOf('/') + 1)),
    )
  }

  private stateOf(db: number, key: string): Change {
    const database = this.server.databases[db]
    const found = database.find(key)
    return {
      db,
      key,
      value: found && copyOf(found.value),
      expiresAt: database.expiresAt(key),
    }
  }

  /** Does what a master did. */
  replay(entry: LogEntry): void {
    this.isReplaying = true
    for (const change of entry.changes) {
      if ('words' in change) {
        const client = this.clientOf(MASTER)
        client.db = this.server.databases[change.db]
        this.server.execute(client, change.words)
      } else this.put(change)
    }
    this.isReplaying = false
    this.touched.clear()
    this.log.add(entry)
  }

  /** Takes over keys of another node's, as a replica or because they moved here. */
  protected put({ db, key, value, expiresAt }: Extract<Change, { key: string }>): void {
    const database = this.server.databases[db]
    if (value === undefined) database.delete(key)
    else database.put(key, copyOf(value), expiresAt)
  }

  /** Takes what was put into the store from outside as if all nodes had it. */
  forgetChanges(): void {
    this.touched.clear()
  }

  /** Every key with its value. */
  snapshot(): KeyState[] {
    return this.server.databases.flatMap((database) =>
      database.list.map(({ key, value }) => ({
        db: database.index,
        key,
        value: copyOf(value),
        expiresAt: database.expiresAt(key),
      })),
    )
  }

  /** Puts others' keys in the place of its own. */
  load(keys: readonly KeyState[], history: string, offset: number): void {
    for (const database of this.server.databases) database.clear()
    for (const state of keys) this.put(state)
    this.touched.clear()
    this.log.restart(history, offset)
  }

  private synchronize(replica: number, history: string, offset: number): NodeReply {
    this.heard(replica, offset)
    const entries = this.log.since(history, offset)
    if (entries) return { status: 'continue', history: this.log.history, entries }
    return {
      status: 'snapshot',
      history: this.log.history,
      offset: this.log.offset,
      keys: this.snapshot(),
    }
  }

  private heard(replica: number, offset: number): void {
    this.replicas.set(replica, { offset, at: this.clock.now })
  }

  /** REPLICAOF. A node that is promoted goes on with a history of its own. */
  follow(master: number | undefined): void {
    if (master === this.master) return
    if (master === undefined) this.log.fork(this.newHistory())
    else this.replicas.clear()
    this.link.follow(master)
  }

  info(): Info {
    return {
      runId: this.runId,
      master: this.master,
      isLinkUp: this.link.isUp,
      linkDownFor: this.link.downFor,
      offset: this.log.offset,
      priority: this.options.priorities?.[this.id] ?? 100,
      replicas: [...this.replicas.keys()],
    }
  }

  /** A replica tells its master how far it is, once a second. */
  private report(): void {
    if (this.state === 'up') this.link.report()
    this.clock.after(ACK_PERIOD, () => this.report())
  }

  /** A master lets its replicas know that it lives. */
  private pingReplicas(): void {
    if (this.state === 'up' && this.master === undefined && this.replicas.size > 0)
      this.send(this.log.append([], PING_BYTES))
    this.clock.after(PING_PERIOD, () => this.pingReplicas())
  }
}

/** The sender's number of what a master says. */
const MASTER = -2
/** The time at which virtual time begins, for expiry: 2026-01-01. */
const START = Date.UTC(2026, 0)

function writes(client: Client, command: Command, argv: Words): boolean {
  if (command.name === 'exec')
    return client.queue?.some((words) => client.server.find(words)?.flags.includes('write')) ?? false
  return command.flags.includes('write') && argv.length > 0
}

function isRelative({ name }: Command, words: Words): boolean {
  return RELATIVE.has(name) || (name === 'set' && words.length > 3)
}

/** How much work a request is, in units of a simple command. */
function effortOf(request: NodeRequest): number {
  switch (request.kind) {
    case 'commands':
      return request.commands.length
    case 'restore':
      return request.keys.length
    case 'log':
      return 0.5
    default:
      return 0.1
  }
}
