import type { Client } from '../../redis/client.js'
import type { Command } from '../../redis/command.js'
import type { Database } from '../../redis/database.js'
import { OK, RedisError, type Reply, Status } from '../../redis/reply.js'
import type { Argv, KeyState, NodeReply, NodeRequest, Surroundings } from '../messages/protocol.js'
import { putState } from '../nodes/changes.js'
import { historyId } from '../nodes/history-id.js'
import { type NodeOptions, RedisNode } from '../nodes/redis-node.js'
import { answerCluster } from './cluster-commands.js'
import type { Election } from './election.js'
import { type Connection, checkSlot } from './gate.js'
import { Member } from './member.js'
import type { Host, MemberOptions } from './membership.js'
import type { NodeEvent } from './node-event.js'
import { slotOf } from './routing.js'
import { ClusterPeer, type SlotRange } from './view.js'

/** The initial state of a cluster. */
export interface ClusterPlan {
  readonly addresses: readonly string[]
  /** Whose replica each node is; undefined for a master. */
  readonly masterOf: readonly (number | undefined)[]
  /** The slots of each master with some. */
  readonly slots: readonly SlotRange[]
}

/** One node of a Redis Cluster in virtual time: the store, its replication, and its part in the cluster. */
export class ClusterNode extends RedisNode implements Host {
  readonly member: Member
  private keysBySlot = new Map<number, Set<string>>()
  private readonly connections = new WeakMap<Client, Connection>()

  constructor(
    around: Surroundings,
    options: NodeOptions & MemberOptions,
    plan: ClusterPlan,
    report: (event: NodeEvent) => void,
    ElectionType?: typeof Election,
  ) {
    super(around, options, plan.masterOf[around.id])
    const peers = plan.addresses.map((address, id) => {
      const peer = new ClusterPeer(id, address, historyId(around.seed, `node-${id}`))
      peer.master = plan.masterOf[id]
      // As redis-cli --cluster create does: epochs 1, 2, … by node.
      peer.configEpoch = id + 1
      return peer
    })
    this.member = new Member(this, peers, options, around.seed, report, ElectionType)
    this.member.currentEpoch = peers.length
    for (const range of plan.slots) this.member.view.begin(range)
    this.look()
  }

  get transport() {
    return this.around.peers
  }

  get offset(): number {
    return this.log.offset
  }

  get dataAge(): number {
    return this.link.downFor
  }

  /** Runs the cluster timer ten times a second, when the process is idle. The nodes' timers are not in step. */
  private look(): void {
    const first = this.member.random.below(Member.period)
    const again = (): void => {
      if (this.state === 'up') this.enqueue(0, () => this.member.look(), noAnswer)
      this.clock.after(Member.period, again)
    }
    this.clock.after(first, again)
  }

  override kill(): void {
    super.kill()
    this.keysBySlot = new Map()
  }

  override restart(): void {
    super.restart()
    this.member.restart()
  }

  override closed(peer: number): void {
    super.closed(peer)
    this.member.refused(peer)
  }

  protected override changed(db: Database, key: string): void {
    super.changed(db, key)
    const slot = slotOf(key)
    const keys = this.keysBySlot.get(slot)
    if (!db.has(key)) keys?.delete(key)
    else if (keys) keys.add(key)
    else this.keysBySlot.set(slot, new Set([key]))
  }

  keysIn(slot: number): ReadonlySet<string> {
    return this.keysBySlot.get(slot) ?? NO_KEYS
  }

  get size(): number {
    return this.server.databases[0].size
  }

  empty(): void {
    this.server.databases[0].clear()
    this.forgetChanges()
  }

  hasKeysIn(slot: number): boolean {
    return this.keysIn(slot).size > 0
  }

  drop(slots: readonly number[]): void {
    for (const slot of slots) for (const key of [...this.keysIn(slot)]) this.server.databases[0].delete(key)
    this.propagateStates()
  }

  protected override serve(request: NodeRequest, answer: (reply: NodeReply) => void, from: number): void {
    if (request.kind === 'bus') this.member.receive(request, from)
    else if (request.kind === 'restore') {
      for (const state of request.keys) putState(this.server, state)
      this.propagateStates()
      answer({ status: 'ok' })
    } else super.serve(request, answer, from)
  }

  protected override runAll(
    commands: readonly Argv[],
    answer: (reply: NodeReply) => void,
    from: number,
  ): void {
    const migration = commands.length === 1 ? migrationIn(commands[0]) : undefined
    if (migration) this.migrate(migration, (reply) => answer({ status: 'replies', replies: [reply] }))
    else if (this.member.election.isPaused && commands.some((words) => this.isWrite(words)))
      this.runLater(commands, answer, from)
    else super.runAll(commands, answer, from)
  }

  protected override begin(): void {
    super.begin()
    this.server.cluster = (client, words) => this.answer(client, words)
  }

  /** CLUSTER, ASKING, READONLY and READWRITE. */
  private answer(client: Client, words: Argv): Reply {
    const connection = this.connectionOf(client)
    switch (words[0].toLowerCase()) {
      case 'asking':
        connection.isAsking = true
        return OK
      case 'readonly':
      case 'readwrite':
        connection.isReadOnly = words[0].toLowerCase() === 'readonly'
        return OK
      default:
        return answerCluster(this, words)
    }
  }

  override run(client: Client, words: Argv): Reply {
    const reply = super.run(client, words)
    // ASKING applies to one command or one transaction.
    if (client.queue === undefined && words[0]?.toLowerCase() !== 'asking')
      this.connectionOf(client).isAsking = false
    return reply
  }

  private runLater(commands: readonly Argv[], answer: (reply: NodeReply) => void, from: number): void {
    const { incarnation } = this
    this.clock.after(Member.period, () => {
      if (this.incarnation === incarnation && this.state === 'up') this.runAll(commands, answer, from)
    })
  }

  private isWrite(words: Argv): boolean {
    return this.server.find(words)?.flags.includes('write') ?? false
  }

  private connectionOf(client: Client): Connection {
    const found = this.connections.get(client)
    if (found) return found
    const made = { isAsking: false, isReadOnly: false }
    this.connections.set(client, made)
    return made
  }

  protected override gate(client: Client, command: Command, argv: Argv): void {
    if (this.isReplaying) return
    checkSlot(this.member, client, this.connectionOf(client), command, argv)
    super.gate(client, command, argv)
  }

  /** MIGRATE: the keys are deleted here when the other node has them. The node is blocked meanwhile. */
  private migrate({ address, keys, timeout }: Migration, answer: (reply: Reply) => void): void {
    const to = this.member.view.peers.findIndex((peer) => peer.address === address)
    const [database] = this.server.databases
    const states = keys.flatMap((key): KeyState[] => {
      const found = database.find(key)
      return found ? [{ db: 0, key, value: found.value, expiresAt: database.expiresAt(key) }] : []
    })
    if (to < 0 || states.length === 0) {
      answer(to < 0 ? new RedisError("IOERR error or timeout connecting to the client's target") : NO_KEY)
      return
    }
    this.hold()
    const { incarnation } = this
    let isOpen = true
    const end = (reply: Reply): void => {
      if (isOpen) finish(reply)
      isOpen = false
    }
    const finish = (reply: Reply): void => {
      if (this.incarnation !== incarnation || this.state === 'killed') return
      if (this.state === 'hung') {
        this.clock.after(Member.period, () => finish(reply))
        return
      }
      if (reply === OK) for (const { key } of states) database.delete(key)
      this.propagateStates()
      answer(reply)
      this.release()
    }
    this.around.peers.send(to, { kind: 'restore', keys: states }, ({ status }) =>
      end(status === 'ok' ? OK : timedOut()),
    )
    this.clock.after(timeout, () => end(timedOut()))
  }
}

const timedOut = () => new RedisError('IOERR error or timeout writing to target instance')
const NO_KEY: Reply = new Status('NOKEY')
const NO_KEYS: ReadonlySet<string> = new Set()
const noAnswer = (): void => {}

interface Migration {
  readonly address: string
  readonly keys: readonly string[]
  /** Milliseconds. */
  readonly timeout: number
}

/** `MIGRATE host port key|"" 0 timeout [KEYS key …]`. */
function migrationIn(words: Argv): Migration | undefined {
  if (words[0]?.toUpperCase() !== 'MIGRATE' || words.length < 6) return undefined
  const [, host, port, key, , timeout] = words
  const several = words.findIndex((word, i) => i > 5 && word.toUpperCase() === 'KEYS')
  return {
    address: `${host}:${port}`,
    timeout: Number(timeout) || 1000,
    keys: key !== '' ? [key] : several < 0 ? [] : words.slice(several + 1),
  }
}
