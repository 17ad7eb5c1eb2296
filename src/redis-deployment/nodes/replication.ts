import {
  type Change,
  ignore,
  type LogEntry,
  type NodeReply,
  type Surroundings,
} from '../messages/protocol.js'
import { historyId } from './history-id.js'
import { type Replica, ReplicaLink } from './replica-link.js'
import { ReplicationLog } from './replication-log.js'

/** What replication needs of the node. */
interface Replicated extends Replica {
  readonly incarnation: number
}

/** A master's view of a replica. */
interface ReplicaState {
  readonly offset: number
  /** When it was last heard of. */
  readonly at: number
}

/** Milliseconds between a replica's reports, and between two pings of an idle master to its replicas. */
const ACK_PERIOD = 1000
const PING_PERIOD = 10_000
const PING_BYTES = 14

/** A node's part in replication: a master sends its log to replicas, and a replica follows a master. */
export class Replication {
  readonly log: ReplicationLog
  readonly link: ReplicaLink
  readonly replicas = new Map<number, ReplicaState>()

  constructor(
    private readonly node: Replicated,
    private readonly around: Surroundings,
    private readonly lagMs: number,
    /** The master at the start; undefined for a master. */
    master: number | undefined,
  ) {
    this.log = new ReplicationLog(this.newHistory())
    this.link = new ReplicaLink(node, this.log, around, master)
    this.report()
    this.pingReplicas()
  }

  private newHistory(): string {
    return historyId(this.around.seed, `history-${this.around.id}-${this.around.clock.now}`)
  }

  /** The node has lost its memory. */
  clear(): void {
    this.replicas.clear()
    this.log.restart(this.newHistory(), 0)
  }

  /** The number of replicas that were heard from within some milliseconds. */
  countHeardWithin(milliseconds: number): number {
    const since = this.around.clock.now - milliseconds
    return [...this.replicas.values()].filter(({ at }) => at >= since).length
  }

  /** Sends changes to the replicas after the lag. */
  append(changes: readonly Change[], bytes: number): void {
    const { node } = this
    const entry = this.log.append(changes, bytes)
    const { incarnation } = node
    this.around.clock.after(this.lagMs, () => {
      if (node.state === 'up' && node.incarnation === incarnation) this.send(entry)
    })
  }

  private send(entry: LogEntry): void {
    const { history } = this.log
    for (const replica of this.replicas.keys())
      this.around.peers.send(replica, { kind: 'log', history, entry }, ignore)
  }

  /** PSYNC: what a replica lacks, or undefined if it needs a full copy. */
  since(replica: number, history: string, offset: number): NodeReply | undefined {
    this.heard(replica, offset)
    const entries = this.log.since(history, offset)
    return entries && { status: 'continue', history: this.log.history, entries }
  }

  heard(replica: number, offset: number): void {
    this.replicas.set(replica, { offset, at: this.around.clock.now })
  }

  /** REPLICAOF. A promoted node starts a history of its own. */
  follow(master: number | undefined): void {
    if (master === this.link.master) return
    if (master === undefined) this.log.fork(this.newHistory())
    else this.replicas.clear()
    this.link.follow(master)
  }

  /** Sends a replica's offset to its master once a second. */
  private report(): void {
    if (this.node.state === 'up') this.link.report()
    this.around.clock.after(ACK_PERIOD, () => this.report())
  }

  /** Pings a master's replicas. */
  private pingReplicas(): void {
    if (this.node.state === 'up' && this.link.master === undefined && this.replicas.size > 0)
      this.send(this.log.append([], PING_BYTES))
    this.around.clock.after(PING_PERIOD, () => this.pingReplicas())
  }
}
