import type { Client } from '../../redis/client.js'
import type { Command } from '../../redis/command.js'
import type { Database } from '../../redis/database.js'
import { noReplicas, RedisError, type Reply, Several, WAITS } from '../../redis/reply.js'
import { Server } from '../../redis/server.js'
import { Process } from '../../simulation/process.js'
import {
  type Actor,
  type Argv,
  type Info,
  ignore,
  type KeyState,
  type LogEntry,
  type NodeReply,
  type NodeRequest,
  REFUSED,
  type Surroundings,
} from '../messages/protocol.js'
import { Changes, putState, snapshotOf } from './changes.js'
import { historyId } from './history-id.js'
import type { ReplicaLink } from './replica-link.js'
import { Replication } from './replication.js'
import type { ReplicationLog } from './replication-log.js'

export interface NodeOptions {
  /** Milliseconds that a command takes. */
  readonly service: number
  /** Milliseconds before a master sends a change to its replicas. */
  readonly lag: number
  /** A master refuses writes with fewer replicas than this that it has heard from lately. */
  readonly minReplicasToWrite: number
  /** Milliseconds: how lately. Redis's default is 10 s. */
  readonly minReplicasMaxLag: number
  /** replica-priority of each node by number, by default 100. 0 is never promoted. */
  readonly priorities?: readonly number[]
}

/** Bytes that a key's state is assumed to take in the log. */
const KEY_BYTES = 100

/**
 * A Redis node in virtual time: the store with asynchronous replication. A master answers first and sends changes
 * later. A replica applies them in the same order, and refuses writes of clients.
 */
export class RedisNode extends Process implements Actor {
  server!: Server
  readonly replication: Replication
  readonly id: number
  private readonly clients = new Map<number, Client>()
  private changes!: Changes
  /** Sentinels that subscribe to hello messages. */
  private readonly listeners = new Set<number>()
  /** Whether a master's commands are running, which a replica doesn't refuse. */
  protected isReplaying = false

  constructor(
    protected readonly around: Surroundings,
    protected readonly options: NodeOptions,
    /** The master at the start; undefined for a master. */
    master?: number,
  ) {
    super(around.clock, options.service)
    this.id = around.id
    this.begin()
    this.replication = new Replication(this, around, options.lag, master)
  }

  get log(): ReplicationLog {
    return this.replication.log
  }

  get link(): ReplicaLink {
    return this.replication.link
  }

  get master(): number | undefined {
    return this.link.master
  }

  get runId(): string {
    return historyId(this.around.seed, `run-${this.id}-${this.incarnation}`)
  }

  protected begin(): void {
    const { clock, seed, id } = this.around
    this.server = new Server({
      clock: {
        now: () => START + Math.floor(clock.now),
        micros: () => (START + clock.now) * 1000,
        advance: ignore,
        sleep: ignore,
        cpu: () => ({ user: 0, system: 0 }),
      },
      seed: seed * 1000 + id,
    })
    this.server.gate = (client, command, argv) => this.gate(client, command, argv)
    this.server.onChange = (db, key) => this.changed(db, key)
    this.clients.clear()
    this.changes = new Changes(this.server)
  }

  protected changed(db: Database, key: string): void {
    this.changes.add(db, key)
  }

  override kill(): void {
    super.kill()
    this.listeners.clear()
    this.begin()
    this.replication.clear()
  }

  override restart(): void {
    super.restart()
    this.link.reopen()
  }

  closed(peer: number): void {
    this.replication.replicas.delete(peer)
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
        answer(this.replication.since(from, request.history, request.offset) ?? this.fullCopy())
        break
      case 'log':
        this.link.receive(request.history, request.entry)
        break
      case 'ack':
        this.replication.heard(from, request.offset)
        break
      case 'publish':
        for (const listener of this.listeners)
          this.around.peers.send(listener, { ...request, kind: 'hello' }, ignore)
        this.listeners.add(from)
    }
  }

  protected runAll(commands: readonly Argv[], answer: (reply: NodeReply) => void, from: number): void {
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

  /** Runs a client's command and replicates its changes. */
  run(client: Client, words: Argv): Reply {
    const answer = this.server.execute(client, words)
    if (!this.changes.isEmpty) this.propagate(words, client)
    if (answer === WAITS) {
      this.server.blocking.remove(client)
      return new RedisError('ERR this command would wait, and here nobody does')
    }
    return answer instanceof Several ? [...answer.replies] : answer
  }

  /** Throws the error reply for a command that this node must refuse. */
  protected gate(client: Client, command: Command, argv: Argv): void {
    if (this.isReplaying || !writes(client, command, argv)) return
    if (this.master !== undefined)
      throw new RedisError("READONLY You can't write against a read only replica.")
    const { minReplicasToWrite, minReplicasMaxLag } = this.options
    if (minReplicasToWrite > 0 && this.replication.countHeardWithin(minReplicasMaxLag) < minReplicasToWrite)
      throw noReplicas()
  }

  private propagate(words: Argv, client: Client): void {
    const changes = this.changes.takeOf(words, client)
    if (this.master !== undefined) return
    const bytes = words.reduce((sum, word) => sum + word.length + 5 + String(word.length).length, 5)
    this.replication.append(changes, bytes)
  }

  /** Sends the new states of the changed keys to the replicas. */
  protected propagateStates(): void {
    const changes = this.changes.take()
    if (changes.length > 0 && this.master === undefined)
      this.replication.append(changes, changes.length * KEY_BYTES)
  }

  /** Applies an entry of the master's log. */
  replay(entry: LogEntry): void {
    this.isReplaying = true
    for (const change of entry.changes) {
      if ('words' in change) {
        const client = this.clientOf(MASTER)
        client.db = this.server.databases[change.db]
        this.server.execute(client, change.words)
      } else putState(this.server, change)
    }
    this.isReplaying = false
    this.changes.clear()
    this.log.add(entry)
  }

  /** Drops pending changes, for keys that were put into all nodes' stores from outside. */
  forgetChanges(): void {
    this.changes.clear()
  }

  /** Replaces all keys by a snapshot. */
  load(keys: readonly KeyState[], history: string, offset: number): void {
    for (const database of this.server.databases) database.clear()
    for (const state of keys) putState(this.server, state)
    this.changes.clear()
    this.log.restart(history, offset)
  }

  private fullCopy(): NodeReply {
    const { history, offset } = this.log
    return { status: 'snapshot', history, offset, keys: snapshotOf(this.server) }
  }

  follow(master: number | undefined): void {
    this.replication.follow(master)
  }

  info(): Info {
    return {
      runId: this.runId,
      master: this.master,
      isLinkUp: this.link.isUp,
      linkDownFor: this.link.downFor,
      offset: this.log.offset,
      priority: this.options.priorities?.[this.id] ?? 100,
      replicas: [...this.replication.replicas.keys()],
    }
  }
}

/** The number that stands for the master as a client. */
const MASTER = -2
/** The time at which virtual time begins, for expiry: 2026-01-01. */
const START = Date.UTC(2026, 0)

function writes(client: Client, command: Command, argv: Argv): boolean {
  if (command.name === 'exec')
    return client.queue?.some((words) => client.server.find(words)?.flags.includes('write')) ?? false
  return command.flags.includes('write') && argv.length > 0
}

/** The work of a request, in units of a simple command. */
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
