import type { Database } from './database.js'
import type { Reply, Several } from './reply.js'
import type { Server } from './server.js'

/** What a blocked client waits for. */
export interface Waiting {
  readonly db: Database
  readonly keys: readonly string[]
  /** The type it waits for; a key that becomes another type doesn't wake it. */
  readonly type: 'list' | 'zset'
  /** When it gives up, in milliseconds of the clock; Infinity for never. */
  readonly deadline: number
  /** Tries again once one of the keys is there; undefined to wait on. */
  attempt(key: string): Reply | undefined
  /** The reply at the timeout. */
  readonly late: Reply
}

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
  waiting: Waiting | undefined
  /** EXEC is running its commands. */
  inTransaction = false
  /** It has sent QUIT. */
  isClosing = false
  readonly createdAt: number

  constructor(
    readonly id: number,
    readonly server: Server,
    /** Takes replies that come later than their command: messages, and the replies of blocked commands. */
    readonly deliver: (reply: Reply | Several) => void,
  ) {
    this.db = server.databases[0]
    this.createdAt = server.now
  }

  get subscriptions(): number {
    return this.channels.size + this.patterns.size
  }
}
