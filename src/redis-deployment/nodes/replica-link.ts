import type { ProcessState } from '../../simulation/process.js'
import {
  ignore,
  type KeyState,
  type LogEntry,
  type NodeReply,
  type Surroundings,
} from '../messages/protocol.js'
import type { ReplicationLog } from './replication-log.js'

/** What the link needs of the replica. */
export interface Replica {
  readonly state: ProcessState
  replay(entry: LogEntry): void
  load(keys: readonly KeyState[], history: string, offset: number): void
}

/** Milliseconds between attempts to reach a master. */
const RETRY = 1000
/** Milliseconds that a full copy takes at least, and the bytes per millisecond beyond that: 100 MB a second. */
const COPY = 5
const COPY_RATE = 100_000
/** Bytes that a key is assumed to take in a copy, beside its name. */
const KEY_BYTES = 100

/** A replica's connection to its master. After a loss it reconnects and resumes from its offset. */
export class ReplicaLink {
  isUp = false
  private downSince = 0
  /** The number of the current attempt; answers to earlier ones are ignored. */
  private attempt = 0

  constructor(
    private readonly node: Replica,
    private readonly log: ReplicationLog,
    private readonly around: Surroundings,
    public master: number | undefined,
  ) {
    if (master !== undefined) this.connect()
  }

  /** Milliseconds for which the link has not been up; 0 while it is. */
  get downFor(): number {
    return this.isUp || this.master === undefined ? 0 : this.around.clock.now - this.downSince
  }

  follow(master: number | undefined): void {
    this.master = master
    this.downSince = this.around.clock.now
    this.reopen()
  }

  /** Reconnects, if there is a master. */
  reopen(): void {
    this.isUp = false
    this.attempt++
    if (this.master !== undefined) this.connect()
  }

  /** The connection broke. */
  lost(): void {
    if (!this.isUp) return
    this.downSince = this.around.clock.now
    this.reopen()
  }

  private connect(): void {
    const { node, around, master } = this
    if (master === undefined) return
    const attempt = ++this.attempt
    const { history, offset } = this.log
    this.waiting.length = 0
    around.peers.send(master, { kind: 'psync', history, offset }, (reply) => {
      if (attempt === this.attempt && node.state === 'up') this.answered(reply, attempt)
    })
    around.clock.after(RETRY, () => {
      if (attempt === this.attempt && !this.isUp && node.state === 'up') this.connect()
    })
  }

  private answered(reply: NodeReply, attempt: number): void {
    const { node, around } = this
    if (reply.status === 'continue') {
      for (const entry of reply.entries) node.replay(entry)
      this.log.history = reply.history
      this.isUp = true
    } else if (reply.status === 'snapshot') {
      const bytes = reply.keys.reduce((sum, { key }) => sum + key.length + KEY_BYTES, 0)
      around.clock.after(COPY + bytes / COPY_RATE, () => {
        if (attempt !== this.attempt || node.state !== 'up') return
        node.load(reply.keys, reply.history, reply.offset)
        this.isUp = true
        for (const { history, entry } of this.waiting.splice(0)) this.receive(history, entry)
        this.report()
      })
    }
  }

  /** Entries that came during a full copy. */
  private readonly waiting: { readonly history: string; readonly entry: LogEntry }[] = []

  /** Takes an entry of the master's log. The link reconnects if entries before it are missing. */
  receive(history: string, entry: LogEntry): void {
    const { log } = this
    if (!this.isUp) {
      this.waiting.push({ history, entry })
      return
    }
    if (history !== log.history || entry.from > log.offset) this.lost()
    else if (entry.from === log.offset) this.node.replay(entry)
  }

  /** Sends the replica's offset to the master. */
  report(): void {
    if (this.isUp && this.master !== undefined)
      this.around.peers.send(this.master, { kind: 'ack', offset: this.log.offset }, ignore)
  }
}
