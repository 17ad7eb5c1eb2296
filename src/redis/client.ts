import type { Command } from './command.js'
import type { Database } from './database.js'
import type { Peer } from './peer.js'
import { NOTHING, type Reply, Several, Typed } from './reply.js'
import type { Server } from './server.js'
import type { Tracking } from './tracking.js'

/** What a blocked client waits for. */
export interface Waiting {
  readonly db: Database
  readonly keys: readonly string[]
  /** The type it waits for; a key that becomes another type doesn't wake it. */
  readonly type: 'list' | 'zset' | 'stream'
  /** When it gives up, in milliseconds of the clock; Infinity for never. */
  readonly deadline: number
  /** Tries again once one of the keys is there; undefined to wait on. */
  attempt(key: string): Reply | undefined
  /** The reply at the timeout; undefined for a client that waits for the end of CLIENT PAUSE. */
  readonly late: Reply | undefined
}

/** A script that is running, as its commands need to know it. */
export interface ScriptRun {
  readonly caller: Client
  /** EVAL with its words. */
  readonly command: Command
  readonly argv: readonly string[]
}

/** The kind of client that CLIENT LIST TYPE and CLIENT KILL TYPE choose by. */
export const typeOfClient = ({ isSubscribed }: Client) => (isSubscribed ? 'pubsub' : 'normal')

/** Which replies a client gets: CLIENT REPLY. */
export type Replies = 'on' | 'off' | 'skip next' | 'skip'

/** One connection and what the server remembers of it. */
export class Client {
  name = ''
  protocol: 2 | 3 = 2
  db: Database
  /** Commands since MULTI. */
  queue: (readonly string[])[] | undefined
  /** A command could not be queued, so that EXEC must fail. */
  isSpoiled = false
  /** A watched key was changed. */
  isDirty = false
  /** Keys it watches, each as the database's number and the key. */
  readonly watched = new Set<string>()
  readonly channels = new Set<string>()
  readonly patterns = new Set<string>()
  readonly shardChannels = new Set<string>()
  /** Subscribed to something: in RESP2 only few commands are allowed. */
  isSubscribed = false
  waiting: Waiting | undefined
  /** The command that blocked it, and how long that took so far. */
  blockedBy:
    | { readonly command: Command; readonly argv: readonly string[]; readonly took: number }
    | undefined
  /** EXEC is running its commands. */
  inTransaction = false
  /** The connection ends after the replies so far. */
  isClosing = false
  /** It must authenticate before other commands. */
  isLocked: boolean
  isMonitor = false
  /** CLIENT NO-EVICT ON. */
  isKept = false
  replies: Replies = 'on'
  tracking: Tracking | undefined
  /** Whether nothing needs attention after each command: no monitor, no tracking, all replies on. */
  isPlain = true
  /** The script whose commands this client sends; undefined for a connection. */
  script: ScriptRun | undefined
  /** The command that it sent last. */
  lastCommand: Command | undefined
  readonly createdAt: number
  /** When it sent something last, in milliseconds of the clock. */
  usedAt: number

  constructor(
    readonly id: number,
    readonly server: Server,
    /** Takes replies that come later than their command: messages, and the replies of blocked commands. */
    readonly deliver: (reply: Reply | Several) => void,
    readonly peer: Peer,
  ) {
    this.db = server.databases[0]
    this.createdAt = this.usedAt = server.now
    this.isLocked = server.settings.requirepass !== ''
  }

  /** Channels and patterns; sharded channels are counted by themselves. */
  get subscriptions(): number {
    return this.channels.size + this.patterns.size
  }

  /** Sends a reply that comes later than its command, unless replies are off. */
  say(reply: Reply): void {
    const heard = this.heard(reply)
    if (this.replies === 'skip') this.setReplies('on')
    if (heard !== NOTHING) this.deliver(heard)
  }

  /** What CLIENT REPLY lets through: messages are no replies. */
  heard(answer: Reply | Several): Reply | Several {
    if (this.replies === 'on' || this.replies === 'skip next') return answer
    const isMessage = answer instanceof Several || (answer instanceof Typed && answer.kind === 'push')
    return isMessage ? answer : NOTHING
  }

  setReplies(replies: Replies): void {
    this.replies = replies
    this.notePlain()
  }

  setTracking(tracking: Tracking | undefined): void {
    this.tracking = tracking
    this.notePlain()
  }

  setMonitor(isMonitor: boolean): void {
    this.isMonitor = isMonitor
    this.notePlain()
  }

  private notePlain(): void {
    this.isPlain = this.replies === 'on' && this.tracking === undefined && !this.isMonitor
  }
}
