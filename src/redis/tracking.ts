import type { Client } from './client.js'
import type { Command } from './command.js'
import { keysIn } from './command-keys.js'
import { type Reply, Typed } from './reply.js'
import type { Server } from './server.js'

/** Keys that a limit takes out of the table before a command, for each command that found it too full. */
const EFFORT = 100
const CHANNEL = '__redis__:invalidate'
/** The commands that only read and run scripts. */
const SCRIPTS = new Set(['eval_ro', 'evalsha_ro'])

/** What CLIENT TRACKING has set for a client. */
export interface TrackingOptions {
  /** The client that gets the messages instead; 0 for none. */
  readonly redirect: number
  /** The prefixes of the keys whose changes are sent; undefined where the keys are those that the client reads. */
  readonly prefixes: readonly string[] | undefined
  /** Whether CLIENT CACHING decides which reads are remembered. */
  readonly mode: 'optin' | 'optout' | undefined
  /** Its own changes are not sent to it. */
  readonly noLoop: boolean
}

/** The tracking state of a client. */
export interface Tracking extends TrackingOptions {
  /** CLIENT CACHING was sent for the next command. */
  isCaching: boolean
  /** The client to redirect to has gone. */
  isBroken: boolean
}

interface Broadcast {
  readonly clients: Set<Client>
  /** Keys changed since the last message, each with the client that changed it last. */
  keys: Map<string, Client | undefined>
}

/**
 * Which clients cache which keys, so that they are told when a key changes: server-assisted client-side caching. Keys
 * are those of all databases.
 */
export class TrackingTable {
  /** The clients that have read a key, by their numbers: a client that leaves costs nothing here. */
  private readonly readers = new Map<string, Set<number>>()
  private readonly broadcasts = new Map<string, Broadcast>()
  private readonly trackers = new Set<Client>()
  /** Invalidations for the client whose command is running, which come after its reply; null for all keys. */
  private pending: (string | null)[] = []
  /** Commands in a row that found the table too full. */
  private overfull = 0

  constructor(private readonly server: Server) {}

  get clientCount(): number {
    return this.trackers.size
  }

  get keyCount(): number {
    return this.readers.size
  }

  /** Pairs of a key and a client that has read it. */
  get itemCount(): number {
    let items = 0
    for (const readers of this.readers.values()) items += readers.size
    return items
  }

  get prefixCount(): number {
    return this.broadcasts.size
  }

  enable(client: Client, options: TrackingOptions): void {
    const before = client.tracking?.prefixes ?? []
    const prefixes = options.prefixes && [...new Set([...before, ...options.prefixes])].sort()
    client.setTracking({
      ...options,
      prefixes,
      isCaching: client.tracking?.isCaching ?? false,
      isBroken: false,
    })
    this.trackers.add(client)
    for (const prefix of prefixes ?? []) {
      const found = this.broadcasts.get(prefix)
      if (found) found.clients.add(client)
      else this.broadcasts.set(prefix, { clients: new Set([client]), keys: new Map() })
    }
  }

  disable(client: Client): void {
    for (const prefix of client.tracking?.prefixes ?? []) {
      const { clients } = this.broadcasts.get(prefix)!
      clients.delete(client)
      if (clients.size === 0) this.broadcasts.delete(prefix)
    }
    client.setTracking(undefined)
    this.trackers.delete(client)
  }

  /** What the client whose command has run must be told after its reply. */
  takeOwn(client: Client): Reply[] {
    if (this.pending.length === 0) return []
    const { pending } = this
    this.pending = []
    return pending.flatMap((key) => {
      const [target, message] = this.messageTo(client, key === null ? null : [key])
      if (target === client && message) return [message]
      if (message) target?.deliver(message)
      return []
    })
  }

  /** The same at once: before its command runs, when eviction has removed keys, and after the reply that it was blocked for. */
  tellOwn(client: Client): void {
    for (const message of this.takeOwn(client)) client.deliver(message)
  }

  /**
   * Remembers the keys that a command has read; for one of a script, the keys that the script declares. A script that
   * runs no command that reads has read nothing.
   */
  remember(client: Client, command: Command, argv: readonly string[]): void {
    if (SCRIPTS.has(command.name)) return
    if (client.script) this.rememberFor(client.script.caller, client.script.command, client.script.argv)
    else this.rememberFor(client, command, argv)
  }

  private rememberFor(client: Client, command: Command, argv: readonly string[]): void {
    const { tracking } = client
    if (!tracking || tracking.prefixes || command.flags.includes('pubsub')) return
    if (tracking.mode === 'optin' ? !tracking.isCaching : tracking.mode === 'optout' && tracking.isCaching)
      return
    for (const key of keysIn(command, argv)) {
      const readers = this.readers.get(key)
      if (readers) readers.add(client.id)
      else this.readers.set(key, new Set([client.id]))
    }
  }

  /** A key has changed: by whom, undefined for expiry and eviction. */
  changed(key: string, by: Client | undefined): void {
    for (const [prefix, { keys }] of this.broadcasts) {
      if (key.startsWith(prefix)) keys.set(key, by)
    }
    this.invalidate(key)
  }

  private invalidate(key: string): void {
    const readers = this.readers.get(key)
    if (readers === undefined) return
    this.readers.delete(key)
    for (const id of readers) {
      const client = this.server.clients.get(id)
      const tracking = client?.tracking
      if (!client || !tracking || tracking.prefixes) continue
      if (client !== this.server.current) this.send(client, [key])
      else if (!tracking.noLoop) this.pending.push(key)
    }
  }

  /** All keys are gone, by FLUSHALL or FLUSHDB. */
  flushed(): void {
    for (const client of this.trackers) {
      if (client === this.server.current) this.pending.push(null)
      else this.send(client, null)
    }
    this.readers.clear()
  }

  /** Sends the changes since the last time to those that track by prefix. */
  broadcast(): void {
    for (const broadcast of this.broadcasts.values()) {
      const { keys, clients } = broadcast
      if (keys.size === 0) continue
      broadcast.keys = new Map()
      for (const client of clients) {
        const told = client.tracking?.noLoop
          ? [...keys].filter(([, by]) => by !== client).map(([key]) => key)
          : [...keys.keys()]
        if (told.length > 0) this.send(client, told.sort())
      }
    }
  }

  /** Forgets random keys while there are more than the limit; who has read them is told that they changed. */
  limit(): void {
    const { trackingTableMaxKeys } = this.server.settings
    let effort = EFFORT * (this.overfull + 1)
    while (trackingTableMaxKeys > 0 && this.readers.size > trackingTableMaxKeys) {
      if (effort-- === 0) {
        this.overfull++
        return
      }
      this.invalidate(this.drawn())
    }
    this.overfull = 0
  }

  /** A key of the table. A map has no places to draw from, so this skips a few of the oldest: O(1). */
  private drawn(): string {
    const skipped = this.server.random.below(Math.min(this.readers.size, EFFORT))
    const keys = this.readers.keys()
    for (let i = 0; i < skipped; i++) keys.next()
    return keys.next().value!
  }

  private send(client: Client, keys: readonly string[] | null): void {
    const [target, message] = this.messageTo(client, keys)
    if (message) target?.deliver(message)
  }

  /** The client that gets a message for another, and the message; none where it couldn't be understood. */
  private messageTo(client: Client, keys: readonly string[] | null): [Client?, Reply?] {
    const { redirect } = client.tracking!
    const target = redirect === 0 ? client : this.server.clients.get(redirect)
    if (!target) {
      client.tracking!.isBroken = true
      return client.protocol === 3 ? [client, new Typed('push', ['tracking-redir-broken', redirect])] : []
    }
    if (target.protocol === 3) return [target, new Typed('push', ['invalidate', keys])]
    if (redirect === 0 || !target.isSubscribed) return []
    return [target, new Typed('push', ['message', CHANNEL, keys])]
  }
}
