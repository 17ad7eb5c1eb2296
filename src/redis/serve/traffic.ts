import type { Reply, Several } from '../reply.js'
import type { Server } from '../server.js'
import { Output, piecesOf } from './encode.js'
import { HeapGuard } from './heap-guard.js'

/** Unread bytes of one client at which its commands wait until it has read them. */
const MAX_UNREAD = 64 << 20
/** The same in a crowd: where all clients together have more than MAX_UNREAD_OF_ALL, or more than MAX_BUSY are busy. */
const MAX_UNREAD_IN_A_CROWD = 64 << 10
const MAX_UNREAD_OF_ALL = 512 << 20
const MAX_BUSY = 64
/** Milliseconds that the commands of one client take before it is another one's turn; in a crowd it is soon. */
const TURN_MS = 2
/** Milliseconds for the turns of all that wait for one, before those have theirs that have just sent something. */
const TURNS_MS = 10
/** Bytes that a socket has at a time; with the next ones it waits until it has sent these. */
const STEP = 1 << 20
const STEP_IN_A_CROWD = 64 << 10
/** Unread bytes of all clients at which those are cut, the one with most of them first, that read nothing. */
const MAX_KEPT = 1 << 30
const STALLED_MS = 1000
/** Milliseconds between two warnings of HTTP requests. */
const WARNING_MS = 60_000

/** A connection as the others see it. */
interface Connection {
  /** Bytes that the client hasn't read. */
  readonly unread: number
  /** Since when it has read nothing, in milliseconds of the clock. */
  readonly stalledSince: number
  /** Writes what came without a command or had to wait, and goes on with commands that waited. */
  catchUp(): void
  /** Cuts it if its unread output is over Redis's limits for its class of clients. */
  checkLimits(): void
  /** Cuts it if the client has been idle for longer than the timeout. */
  checkIdle(): void
  /** Ends it at once, and logs why. */
  cut(why: string): void
}

/** What the connections of a store share. */
export class Traffic {
  readonly output = new Output()
  readonly connections = new Set<Connection>()
  /** Those whose turn was over before their commands were, or that haven't read their output. */
  readonly busy = new Set<Connection>()
  /** Bytes that clients haven't read: those of the last tick, and all that had to wait since. */
  unread = 0
  private readonly late = new Set<Connection>()
  private readonly queue = new Set<Connection>()
  private isQueueing = false
  private encoded: { reply: Reply | Several; protocol: 2 | 3; pieces: Buffer[] } | undefined
  private readonly heap = new HeapGuard()
  private warnedAt = Number.NEGATIVE_INFINITY

  constructor(
    readonly store: Server,
    /** Takes what the server's operator should know, a line each. */
    readonly log: (line: string) => void,
  ) {}

  /** Whether so many clients have so much to do that each must do little at a time: another one waits for all of them. */
  get isCrowd(): boolean {
    return this.busy.size > MAX_BUSY || this.unread > MAX_UNREAD_OF_ALL
  }

  /** Unread bytes at which a client's commands wait. */
  get maxUnread(): number {
    return this.isCrowd ? MAX_UNREAD_IN_A_CROWD : MAX_UNREAD
  }

  get turnMs(): number {
    return this.isCrowd ? 0 : TURN_MS
  }

  /** Bytes that a socket has at a time. */
  get step(): number {
    return this.isCrowd ? STEP_IN_A_CROWD : STEP
  }

  /** The pieces that encode a reply, the same ones for all subscribers of a message. */
  piecesOf(reply: Reply | Several, protocol: 2 | 3): readonly Buffer[] {
    const { encoded } = this
    if (encoded?.reply === reply && encoded.protocol === protocol) return encoded.pieces
    const pieces = piecesOf(reply, protocol)
    this.encoded = { reply, protocol, pieces }
    return pieces
  }

  /** A connection has something to write that no command of its own asked for. */
  isLate(connection: Connection): void {
    if (this.late.size === 0) setImmediate(() => this.catchUp())
    this.late.add(connection)
  }

  /** Writes what came for connections other than the one that ran. */
  catchUp(): void {
    this.encoded = undefined
    for (const connection of this.late) {
      this.late.delete(connection)
      connection.catchUp()
    }
  }

  /** A connection has more to do once it is its turn. */
  waitForTurn(connection: Connection): void {
    this.queue.add(connection)
    if (this.isQueueing) return
    this.isQueueing = true
    setImmediate(() => this.giveTurns())
  }

  private giveTurns(): void {
    this.isQueueing = false
    const end = performance.now() + TURNS_MS
    for (const connection of this.queue) {
      this.queue.delete(connection)
      connection.catchUp()
      if (performance.now() > end) break
    }
    const [next] = this.queue
    if (next) this.waitForTurn(next)
  }

  /** Keeps the memory of unread output bounded. */
  tick(): void {
    this.checkHeap()
    let most: Connection | undefined
    this.unread = 0
    const hasTimeout = this.store.settings.timeout > 0 && !this.store.isCronPaused
    for (const connection of this.connections) {
      if (hasTimeout) connection.checkIdle()
      const { unread } = connection
      if (unread === 0) continue
      this.unread += unread
      connection.checkLimits()
      const isStalled = this.store.now - connection.stalledSince > STALLED_MS
      if (isStalled && (most === undefined || unread > most.unread)) most = connection
    }
    if (this.unread > MAX_KEPT)
      most?.cut('closed for reading nothing while all clients together leave more than 1 GB unread')
  }

  /** Refuses commands that need memory while the process has none left. */
  checkHeap(): void {
    const { store } = this
    const isFull = this.heap.check(store.now, store.stats.inputBytes)
    if (isFull === store.isHeapFull) return
    store.isHeapFull = isFull
    this.log(
      isFull
        ? 'The heap of this process is nearly full: commands that need memory are refused. NODE_OPTIONS=--max-old-space-size=<MB> makes it larger.'
        : 'The heap of this process has room again.',
    )
  }

  warnOfHttp(): void {
    const { now } = this.store
    if (now - this.warnedAt <= WARNING_MS) return
    this.warnedAt = now
    this.log(
      'Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis. This is likely due to an attacker attempting to use Cross Protocol Scripting to compromise your Redis instance. Connection aborted.',
    )
  }
}
