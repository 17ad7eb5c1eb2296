import { createRandom, type Random } from '../random/random.js'
import { Blocking } from './blocking.js'
import { Client } from './client.js'
import type { Answer, Command, Run } from './command.js'
import { Database, type Entry } from './database.js'
import { LatencyEvents } from './latency-events.js'
import { Eviction } from './memory.js'
import { Monitors } from './monitors.js'
import { announce } from './notifications.js'
import { Pause } from './pause.js'
import { type Peer, virtualPeer } from './peer.js'
import { processCommand } from './process-command.js'
import { PubSub } from './pubsub.js'
import { RedisError, type Reply, Several, WAITS } from './reply.js'
import { Scripts, type Turns } from './scripts.js'
import { Settings } from './settings.js'
import { SlowLog } from './slow-log.js'
import { Statistics } from './statistics.js'
import { commands, describe, findCommand, subcommandsOf, topLevel } from './table.js'
import { type TimeSource, VirtualTime } from './time-source.js'
import type { TrackingTable } from './tracking.js'
import type { Value } from './values/value.js'
import { Watches } from './watches.js'

const NEVER = Number.POSITIVE_INFINITY

export interface ServerOptions {
  readonly clock?: TimeSource
  readonly databases?: number
  readonly seed?: number
}

/**
 * The store behind all clients, as one Redis: databases, and what happens between clients. Commands run one after the
 * other, so each is atomic.
 */
export class Server {
  readonly commands = commands
  readonly find = findCommand
  readonly describe = describe
  readonly topLevel = topLevel
  readonly subcommandsOf = subcommandsOf
  readonly settings: Settings
  readonly databases: readonly Database[]
  readonly random: Random
  readonly blocking = new Blocking()
  readonly pubsub = new PubSub()
  readonly watches = new Watches()
  readonly monitors = new Monitors()
  readonly latency = new LatencyEvents()
  readonly eviction: Eviction
  readonly slowLog: SlowLog
  readonly clients = new Map<number, Client>()
  readonly clock: TimeSource
  /** The time at which the running command began; it doesn't advance during the command. */
  now: number
  readonly startedAt: number
  /** Forty digits that name this run of the server. */
  readonly runId: string
  /** Writes since the start, as Redis counts them for snapshots. */
  changes = 0
  private seconds: number
  /** When the next key expires, or earlier. */
  private nextExpiry = NEVER
  /** When the last command ended, in microseconds: the next one begins then. */
  private endedAt: number
  /** Bytes of all keys by our model. */
  usedMemory = 0
  readonly stats = new Statistics()
  private nextId = 1
  /** Whether the running command only reads. */
  private isReading = false
  /** The client whose command is running. */
  current: Client | undefined
  /** CLIENT PAUSE. */
  pause: Pause | undefined
  /** What has to wait for the end of the running command. */
  private readonly postponed: (() => void)[] = []
  /** Whether keys go by expiry or eviction, and not by a client. */
  private isCleaning = false
  /** Whether databases are flushed or swapped, which CLIENT TRACKING isn't told key by key. */
  private isWhole = false
  /** Made by the first CLIENT TRACKING. */
  tracking: TrackingTable | undefined
  /** Whether a script runs past its time limit: other clients are told so, and no time passes. */
  isBusy = false
  private ownScripts: Scripts | undefined
  /** How a script that runs long lets other clients have their turn; undefined where time is virtual. */
  turns: Turns | undefined
  /** Throws the error reply for a command that this server must not run, in a cluster or as a replica. */
  gate: ((client: Client, command: Command, argv: readonly string[]) => void) | undefined
  /** Answers CLUSTER and the like on a node of a cluster, where Redis refuses what a cluster can't do. */
  cluster: Run | undefined
  /** Called for every key that was written or removed. */
  onChange: ((db: Database, key: string) => void) | undefined
  /** Called by SHUTDOWN; undefined where nothing can be shut down. */
  onShutdown: (() => void) | undefined
  /** When SAVE or BGSAVE ran last, or the server started. */
  savedAt: number
  /** Whether the process has no memory left for more data. */
  isHeapFull = false
  /** Is told of exceptions that are no error replies. */
  onFault: (error: unknown, what: string) => void = () => {}
  /** Takes what scripts write to the log, at a level from 0 (debug) to 3 (warning). */
  onLog: (level: number, text: string) => void = () => {}

  constructor({ clock = new VirtualTime(), databases = 16, seed = 1 }: ServerOptions = {}) {
    this.clock = clock
    this.runId = hexadecimal(createRandom(seed, 'run id'))
    this.now = this.startedAt = this.savedAt = clock.now()
    this.endedAt = clock.micros()
    this.seconds = Math.floor(this.now / 1000)
    this.settings = new Settings(databases)
    this.slowLog = new SlowLog(this.settings)
    this.random = createRandom(seed, 'redis')
    this.databases = Array.from({ length: databases }, (_, index) => new Database(index, this, this.settings))
    this.eviction = new Eviction(this.databases, this.settings, this.random)
  }

  get scriptCount(): number {
    return this.ownScripts?.count ?? 0
  }

  /** Made by the first script. */
  get scripts(): Scripts {
    this.ownScripts ??= new Scripts(this)
    return this.ownScripts
  }

  connect(deliver: (reply: Reply | Several) => void = () => {}, peer?: Peer): Client {
    const id = this.nextId++
    this.stats.connections++
    const client = new Client(id, this, deliver, peer ?? virtualPeer(id))
    this.clients.set(id, client)
    return client
  }

  disconnect(client: Client): void {
    this.clients.delete(client.id)
    this.forget(client)
  }

  /** Ends another client's connection. */
  kill(client: Client): void {
    this.disconnect(client)
    client.isClosing = true
    client.peer.close()
  }

  /** Removes a client: its subscriptions, its watches, its waiting, its tracking, its monitor. */
  forget(client: Client): void {
    this.blocking.remove(client)
    this.watches.forget(client)
    this.pubsub.leaveAll(client)
    this.monitors.remove(client)
    if (client.tracking) this.tracking!.disable(client)
  }

  /** Runs one command for a client that isn't waiting. O(the command). */
  execute(client: Client, argv: readonly string[]): Answer {
    if (this.clock.now() !== this.now) this.tick()
    const answer = this.perform(client, argv)
    this.settle()
    return answer
  }

  /**
   * The same without reading the clock and without the messages to clients that track by prefix, for commands that came
   * together: tick() comes before the first of them, and settle() after the last.
   */
  perform(client: Client, argv: readonly string[]): Answer {
    const now = Math.floor(this.endedAt / 1000)
    if (now > this.now) this.advanceTo(now)
    client.usedAt = this.now
    this.current = client
    this.tracking?.limit()
    let answer = processCommand(client, argv)
    if (!client.isPlain) answer = this.finish(client, answer)
    this.current = undefined
    if (this.blocking.hasReady) this.blocking.serve()
    if (this.postponed.length > 0) this.runPostponed()
    return answer
  }

  /** The reply to what was thrown: Redis's error, or one that says that cachelab has a fault. */
  errorReply(error: unknown, what: string): RedisError {
    if (error instanceof RedisError) return error
    this.onFault(error, what)
    return new RedisError(`ERR a fault of cachelab, not of the command: ${(error as Error).message}`)
  }

  /** Sends the messages to clients that track by prefix. */
  settle(): void {
    this.tracking?.broadcast()
  }

  /** Expires keys, and answers blocked clients whose timeout has passed. */
  tick(): void {
    const now = this.clock.now()
    this.endedAt = this.clock.micros()
    this.advanceTo(now)
  }

  private advanceTo(now: number): void {
    if (this.isBusy) return
    if (now !== this.now) this.seconds = Math.floor(now / 1000)
    this.now = now
    if (this.nextExpiry <= now) this.expire()
    if (this.pause !== undefined && this.pause.until <= now) this.endPause()
    if (this.blocking.nextDeadline <= now) this.blocking.giveUp(now)
    if (this.postponed.length > 0) this.runPostponed()
    this.settle()
  }

  private expire(): void {
    this.nextExpiry = NEVER
    for (const db of this.databases) {
      if (db.isLazy) continue
      db.removeExpired(this.now)
      this.expiring(db.nextExpiry)
    }
  }

  /** Whether expired keys are removed before somebody asks for them. */
  expireActively(isActive: boolean): void {
    for (const db of this.databases) db.isLazy = !isActive
    this.expire()
  }

  /**
   * Runs a command that nothing forbids, and counts it: for processCommand(), for EXEC and for scripts. An error is
   * the answer.
   */
  call(client: Client, command: Command, argv: readonly string[]): Answer {
    if (this.nextExpiry <= this.now) this.expire()
    const { stats } = this
    this.isReading = command.isReading
    const startedAt = this.endedAt
    let answer: Answer
    try {
      answer = command.run(client, argv)
    } catch (error) {
      stats.of(command).failed++
      answer = this.errorReply(error, argv[0])
      stats.countError(answer)
    }
    this.endedAt = this.clock.micros()
    const took = Math.max(0, Math.round(this.endedAt - startedAt))
    // CONFIG RESETSTAT counts itself after it has reset all counters.
    const row = stats.of(command)
    stats.commands++
    row.calls++
    row.microseconds += took
    if (client.waiting !== undefined) client.blockedBy = { command, argv, took }
    else this.noteDuration(client, command, argv, took)
    if (this.settings.latencyMonitorThreshold > 0)
      this.latency.note(command, took, this.settings, this.seconds)
    if (this.monitors.any) this.monitors.show(client, command, argv)
    if (this.tracking !== undefined && command.isReadOnly) this.tracking.remember(client, command, argv)
    return answer
  }

  private noteDuration(client: Client, command: Command, argv: readonly string[], took: number): void {
    if (this.settings.latencyTracking) this.stats.of(command).latencies.add(took)
    if (took >= this.settings.slowlogLogSlowerThan) this.slowLog.note(client, command, argv, took)
  }

  /** A client gets the reply that it was blocked for: its command ends. */
  unblocked(client: Client): void {
    const { blockedBy } = client
    if (!blockedBy) return
    client.blockedBy = undefined
    this.noteDuration(client, blockedBy.command, blockedBy.argv, blockedBy.took)
  }

  /** Runs after the running command: what has to wait for its end. */
  postpone(task: () => void): void {
    this.postponed.push(task)
  }

  private runPostponed(): void {
    for (let task = this.postponed.shift(); task !== undefined; task = this.postponed.shift()) task()
  }

  /** A command that waited for the end of a pause. */
  resume(client: Client, argv: readonly string[]): void {
    const answer = this.perform(client, argv)
    if (answer !== WAITS) client.deliver(answer)
  }

  /** What CLIENT TRACKING and CLIENT REPLY make of an answer. */
  private finish(client: Client, answer: Answer): Answer {
    const { tracking, lastCommand } = client
    const messages = [...this.monitors.takeOwn(), ...(tracking ? this.tracking!.takeOwn(client) : [])]
    if (tracking?.isCaching && !client.queue && !lastCommand?.name.startsWith('client|'))
      tracking.isCaching = false
    if (answer === WAITS) return answer
    const own = client.heard(answer)
    if (client.replies === 'skip') client.setReplies('on')
    else if (client.replies === 'skip next') client.setReplies('skip')
    return messages.length === 0 ? own : new Several([...repliesOf(own), ...messages])
  }

  pauseUntil(until: number, holdsAll: boolean): void {
    if (this.pause) this.pause.extend(holdsAll, until)
    else this.pause = new Pause(this, holdsAll, until)
  }

  endPause(): void {
    const { pause } = this
    this.pause = undefined
    if (pause) this.postpone(() => pause.end())
  }

  /** Frees memory by eviction; false if that isn't enough. */
  makeRoom(): boolean {
    const { maxmemory } = this.settings
    this.isCleaning = true
    while (this.usedMemory > maxmemory && !this.pause && this.eviction.evictOne(this.now)) {}
    this.isCleaning = false
    if (this.tracking !== undefined && this.current !== undefined) this.tracking.tellOwn(this.current)
    return this.usedMemory <= maxmemory || this.pause !== undefined
  }

  swap(one: Database, other: Database): void {
    this.isWhole = true
    one.swap(other)
    this.isWhole = false
  }

  /** Removes all keys of databases. */
  flush(databases: readonly Database[]): void {
    this.tracking?.flushed()
    this.isWhole = true
    for (const db of databases) db.clear()
    this.isWhole = false
  }

  changed(db: Database, key: string): void {
    this.changes++
    if (this.watches.any) this.watches.touched(db, key)
    if (this.tracking !== undefined && !this.isWhole)
      this.tracking.changed(key, this.isCleaning ? undefined : this.current)
    this.onChange?.(db, key)
  }

  created(entry: Entry): void {
    entry.usedAt = this.seconds
    entry.countedAt = Math.floor(this.seconds / 60)
  }

  read(entry: Entry): void {
    if (this.isReading) this.stats.hits++
    this.used(entry)
  }

  used(entry: Entry): void {
    entry.usedAt = this.seconds
    if (this.settings.isCounting) this.eviction.count(entry, this.now)
  }

  looked(db: Database, key: string, isThere: boolean): void {
    if (!this.isReading) return
    if (isThere) this.stats.hits++
    else {
      this.stats.misses++
      this.notify(db, key, 'keymiss')
    }
  }

  notify(db: Database, key: string, event: string, value?: Value): void {
    if (this.settings.notifyKeyspaceEvents !== 0) announce(this, db, key, event, value)
  }

  appeared(db: Database, key: string): void {
    if (this.blocking.any) this.blocking.ready(db, key)
  }

  resized(bytes: number): void {
    this.usedMemory += bytes
  }

  expiring(at: number): void {
    if (at < this.nextExpiry) this.nextExpiry = at
  }

  expired(db: Database, key: string): void {
    if (this.pause) this.pause.hide(db, key)
    else {
      this.stats.expired++
      this.isCleaning = true
      this.notify(db, key, 'expired')
      this.changed(db, key)
      this.isCleaning = false
    }
  }
}

const hexadecimal = (random: Random) =>
  Array.from({ length: 40 }, () => random.below(16).toString(16)).join('')

const repliesOf = (answer: Exclude<Answer, typeof WAITS>): readonly Reply[] =>
  answer instanceof Several ? answer.replies : [answer]
