import { createRandom, type Random } from '../random/random.js'
import { Blocking } from './blocking.js'
import { Client } from './client.js'
import type { Answer, Command, Run } from './command.js'
import type { Database } from './database.js'
import { Durations } from './durations.js'
import { Keyspace } from './keyspace.js'
import { Monitors } from './monitors.js'
import { Pause } from './pause.js'
import { type Peer, virtualPeer } from './peer.js'
import { processCommand } from './process-command.js'
import { PubSub } from './pubsub.js'
import { RedisError, type Reply, Several, WAITS } from './reply.js'
import { Scripts, type Turns } from './scripts.js'
import { Settings } from './settings.js'
import { Statistics } from './statistics.js'
import { commands, describe, findCommand, subcommandsOf, topLevel } from './table.js'
import { type TimeSource, VirtualTime } from './time-source.js'
import type { TrackingTable } from './tracking.js'
import { Watches } from './watches.js'

export interface ServerOptions {
  readonly clock?: TimeSource
  readonly databases?: number
  readonly seed?: number
}

/**
 * The store behind all clients, as one Redis: databases, and what happens between clients. Commands run one after the
 * other, so each is atomic. Everything is in memory; time is virtual unless a clock is given.
 *
 * @example
 * import { askRedis, plainReply, RedisStore } from 'cachelab/redis'
 * const store = new RedisStore()
 * const client = store.connect()
 * askRedis(client, ['SET', 'user:1001', 'Ada', 'EX', '60'])
 * store.clock.advance(59_000)
 * plainReply(askRedis(client, ['TTL', 'user:1001'])) // 1
 */
export class Server {
  readonly commands = commands
  readonly find = findCommand
  readonly describe = describe
  readonly topLevel = topLevel
  readonly subcommandsOf = subcommandsOf
  /** What CONFIG GET and SET see. */
  readonly settings: Settings
  readonly keyspace: Keyspace
  readonly random: Random
  readonly blocking = new Blocking()
  readonly pubsub = new PubSub()
  readonly watches = new Watches()
  readonly monitors = new Monitors()
  readonly durations: Durations
  /** The connected clients by id. */
  readonly clients = new Map<number, Client>()
  /** Time in milliseconds; `advance` moves it on where it is virtual, as by default. */
  readonly clock: TimeSource
  /** The time at which the running command began; it doesn't advance during the command. */
  now: number
  /** The same in whole seconds. */
  seconds: number
  readonly startedAt: number
  /** Forty digits that name this run of the server. */
  readonly runId: string
  /** When the last command ended, in microseconds: the next one begins then. */
  private endedAt: number
  readonly stats = new Statistics()
  private nextId = 1
  /** The client whose command is running. */
  current: Client | undefined
  /** CLIENT PAUSE. */
  pause: Pause | undefined
  /** What has to wait for the end of the running command. */
  private readonly postponed: (() => void)[] = []
  /** Made by the first CLIENT TRACKING. */
  tracking: TrackingTable | undefined
  /** Whether a script runs past its time limit: other clients are told so, and no time passes. */
  isBusy = false
  /** DEBUG PAUSE-CRON. */
  isCronPaused = false
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
    this.durations = new Durations(this)
    this.random = createRandom(seed, 'redis')
    this.keyspace = new Keyspace(this, databases)
  }

  get databases(): readonly Database[] {
    return this.keyspace.databases
  }

  get scriptCount(): number {
    return this.ownScripts?.count ?? 0
  }

  /** Made by the first script. */
  get scripts(): Scripts {
    this.ownScripts ??= new Scripts(this)
    return this.ownScripts
  }

  /** A new client. `deliver` gets what comes without a command: messages, and replies to commands that blocked. */
  connect(deliver: (reply: Reply | Several) => void = () => {}, peer?: Peer): Client {
    const id = this.nextId++
    this.stats.connections++
    const client = new Client(id, this, deliver, peer ?? virtualPeer(id))
    this.clients.set(id, client)
    return client
  }

  /** Forgets a client, as when its connection ends. */
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
    // Who sends the command hears of what the limit takes before the reply, so this comes before the command is current.
    this.tracking?.limit()
    this.current = client
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
    if (this.keyspace.nextExpiry <= now) this.keyspace.expire()
    if (this.pause !== undefined && this.pause.until <= now) this.endPause()
    if (this.blocking.nextDeadline <= now) this.blocking.giveUp(now)
    if (this.postponed.length > 0) this.runPostponed()
    this.settle()
  }

  /**
   * Runs a command that nothing forbids, and counts it: for processCommand(), for EXEC and for scripts. An error is
   * the answer.
   */
  call(client: Client, command: Command, argv: readonly string[]): Answer {
    const { keyspace, stats } = this
    if (keyspace.nextExpiry <= this.now) keyspace.expire()
    keyspace.isReading = command.isReading
    const startedAt = this.endedAt
    let failed = 0
    let answer: Answer
    try {
      answer = command.run(client, argv)
    } catch (error) {
      failed = 1
      answer = this.errorReply(error, argv[0])
      stats.countError(answer)
    }
    this.endedAt = this.clock.micros()
    const took = Math.max(0, Math.round(this.endedAt - startedAt))
    // CONFIG RESETSTAT counts itself after it has reset all counters.
    const row = stats.of(command)
    stats.commands++
    row.calls++
    row.failed += failed
    row.microseconds += took
    this.durations.ran(client, command, argv, took)
    if (this.monitors.any) this.monitors.show(client, command, argv)
    if (this.tracking !== undefined && command.isReadOnly) this.tracking.remember(client, command, argv)
    return answer
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
}

const hexadecimal = (random: Random) =>
  Array.from({ length: 40 }, () => random.below(16).toString(16)).join('')

const repliesOf = (answer: Exclude<Answer, typeof WAITS>): readonly Reply[] =>
  answer instanceof Several ? answer.replies : [answer]
