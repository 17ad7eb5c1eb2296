import type { Client, Waiting } from './client.js'
import type { Command } from './command.js'
import type { Database } from './database.js'
import type { Server } from './server.js'

/** Commands that are not writes and that replicas get all the same. */
const REPLICATED = new Set(['publish', 'spublish', 'pfcount', 'eval', 'evalsha', 'fcall'])
const SCRIPTS = new Set(['eval', 'eval_ro', 'evalsha', 'evalsha_ro'])

/**
 * CLIENT PAUSE: commands wait until a time, all of them or those that change something. Meanwhile no key is evicted, and
 * keys whose time is over are hidden; their expiry counts, and is told, when the pause ends.
 */
export class Pause {
  private readonly held: {
    readonly client: Client
    readonly argv: readonly string[]
    readonly waiting: Waiting
  }[] = []
  private readonly expired: { readonly db: Database; readonly key: string }[] = []

  constructor(
    private readonly server: Server,
    private holdsAll: boolean,
    /** When it ends, in milliseconds of the clock. */
    public until: number,
  ) {}

  /** A second CLIENT PAUSE makes the first one longer and wider, never shorter. */
  extend(holdsAll: boolean, until: number): void {
    this.holdsAll ||= holdsAll
    this.until = Math.max(this.until, until)
  }

  /** Whether a command must wait. */
  holds(client: Client, command: Command, argv: readonly string[]): boolean {
    if (this.holdsAll) return true
    if (command.name !== 'exec') return this.mayChange(command, argv)
    return client.queue?.some((words) => this.mayChange(this.server.find(words)!, words)) ?? false
  }

  /** Whether a command may change something; for one that runs a script with flags, they say it. */
  private mayChange(command: Command, argv: readonly string[]): boolean {
    const flags = SCRIPTS.has(command.name) ? this.server.scripts.flagsOf(argv) : undefined
    return flags ? !flags.has('no-writes') : changes(command)
  }

  hold(client: Client, argv: readonly string[]): void {
    const pause = this
    const waiting: Waiting = {
      db: client.db,
      type: 'list',
      keys: [],
      get deadline() {
        return pause.until
      },
      attempt: () => undefined,
      late: undefined,
    }
    this.held.push({ client, argv, waiting })
    this.server.blocking.add(client, waiting)
  }

  hide(db: Database, key: string): void {
    this.expired.push({ db, key })
  }

  /** Runs what was held, in the order of arrival. */
  end(): void {
    const { server } = this
    for (const { db, key } of this.expired) server.keyspace.expired(db, key)
    for (const { client, argv, waiting } of this.held) {
      if (client.waiting !== waiting) continue
      server.blocking.remove(client)
      server.resume(client, argv)
    }
  }
}

/** Whether a command changes something, or is one that may. */
export const changes = ({ isWrite, name }: Command) => isWrite || REPLICATED.has(name)
